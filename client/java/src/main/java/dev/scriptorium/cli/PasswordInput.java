package dev.scriptorium.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads passwords: never from the command line, where others can see them. */
final class PasswordInput {
  private static final int MAX_BYTES = 4096;

  private PasswordInput() {}

  /** Asks for a password in a terminal; takes the first line of what is piped otherwise. */
  // Not null in some versions of the JDK, and null again where there is no terminal in others.
  @SuppressWarnings("SystemConsoleNull")
  static String read(Shell shell, String what) {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("%s: ", what);
      return typed == null ? "" : new String(typed);
    }
    try {
      return line(shell.in());
    } catch (IOException e) {
      throw new CliException(2, "the password cannot be read: " + e.getMessage());
    }
  }

  // Byte by byte, so that a second password may follow.
  private static String line(InputStream in) throws IOException {
    byte[] bytes = new byte[MAX_BYTES];
    int length = 0;
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (length == MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes in a line");
      }
      bytes[length++] = (byte) next;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing();
  }
}
