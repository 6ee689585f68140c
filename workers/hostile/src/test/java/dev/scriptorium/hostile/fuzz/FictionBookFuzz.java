package dev.scriptorium.hostile.fuzz;

import dev.scriptorium.plugin.fictionbook.FictionBookHandler;

/** Fuzzes FictionBook, plain and in an archive. */
public final class FictionBookFuzz {
  private static final FuzzedFile FILE = new FuzzedFile(new FictionBookHandler());

  private FictionBookFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FILE.read("application/x-fictionbook+xml", input);
  }
}
