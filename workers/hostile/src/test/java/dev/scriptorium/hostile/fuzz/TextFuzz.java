package dev.scriptorium.hostile.fuzz;

import dev.scriptorium.plugin.plaintext.PlainTextHandler;
import java.util.Arrays;
import java.util.List;

/** Fuzzes text, Markdown and HTML; the first byte says which. */
public final class TextFuzz {
  private static final List<String> TYPES = List.of("text/plain", "text/markdown", "text/html");
  private static final FuzzedFile FILE = new FuzzedFile(new PlainTextHandler());

  private TextFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      String type = TYPES.get((input[0] & 0xFF) % TYPES.size());
      FILE.read(type, Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
