package dev.scriptorium.plugin.analysis.text;

/** White space, as the library takes it. */
final class Blanks {
  private Blanks() {}

  static boolean blank(char c) {
    if (c > ' ' && c < '\u007f') {
      return false;
    }
    return Character.isWhitespace(c) || Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  /** Index of the first blank at or behind {@code from}, or the length. */
  static int next(String text, int from) {
    int i = from;
    while (i < text.length() && !blank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Index of the first character at or behind {@code from} that is none, or the length. */
  static int skip(String text, int from) {
    int i = from;
    while (i < text.length() && blank(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
