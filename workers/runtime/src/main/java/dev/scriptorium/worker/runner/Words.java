package dev.scriptorium.worker.runner;

/** Counts words. */
final class Words {
  private Words() {}

  /** Tokens of {@code text} that white space separates. */
  static int count(String text) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      // White space lies in the basic plane, so chars will do.
      char c = text.charAt(i);
      boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
      if (!space && !inside) {
        words++;
      }
      inside = !space;
    }
    return words;
  }
}
