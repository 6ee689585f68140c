package dev.scriptorium.hostile.fuzz;

import dev.scriptorium.plugin.pdf.PdfHandler;

/** Fuzzes PDF. */
public final class PdfFuzz {
  private static final FuzzedFile FILE = new FuzzedFile(new PdfHandler());

  private PdfFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FILE.read("application/pdf", input);
  }
}
