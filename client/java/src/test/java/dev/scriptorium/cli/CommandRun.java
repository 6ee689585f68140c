package dev.scriptorium.cli;

import dev.scriptorium.fake.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * What a command printed, and how it ended.
 *
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {
  static final Terminal PIPE = new Terminal(false, false, 80, 24, false, false, false);

  /** A terminal of 80 columns without colours. */
  static final Terminal SCREEN = new Terminal(true, true, 80, 24, true, false, true);

  static CommandRun of(FakeServer server, Path home, String... arguments) {
    return of(server, home, PIPE, arguments);
  }

  /** Runs a command with the server and its key in the environment. */
  static CommandRun of(FakeServer server, Path home, Terminal terminal, String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SCRIPTORIUM_SERVER", server.address());
    environment.put("SCRIPTORIUM_KEY", FakeServer.KEY);
    return with(environment, home, terminal, "", arguments);
  }

  /** Nothing to read, nowhere to look at what is written. */
  static Shell shell(Path home) {
    return new Shell(
        InputStream.nullInputStream(),
        new PrintWriter(Writer.nullWriter()),
        new PrintWriter(Writer.nullWriter()),
        PIPE,
        Map.of(),
        home,
        ZoneOffset.UTC);
  }

  static CommandRun with(
      Map<String, String> environment,
      Path home,
      Terminal terminal,
      String input,
      String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Shell shell =
        new Shell(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            terminal,
            environment,
            home,
            ZoneOffset.UTC);
    int exitCode = CommandTree.of(shell).execute(arguments);
    shell.out().flush();
    shell.err().flush();
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
