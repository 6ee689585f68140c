package dev.scriptorium.worker.runner;

/** Text as the database and UTF-8 can hold it. */
final class CleanText {
  private static final int REPLACEMENT = 0xFFFD;

  private CleanText() {}

  /**
   * Replaces NUL and surrogates that stand alone by U+FFFD, one for one, so that no offset moves.
   */
  static String of(String text) {
    return isClean(text)
        ? text
        : text.codePoints()
            .map(c -> isStorable(c) ? c : REPLACEMENT)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  /** The first {@code codePoints} code points of a clean text. */
  static String atMost(int codePoints, String text) {
    String clean = of(text);
    return clean.codePointCount(0, clean.length()) <= codePoints
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, codePoints));
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return text.codePoints().allMatch(CleanText::isStorable);
      }
    }
    return true;
  }

  private static boolean isStorable(int codePoint) {
    // In a stream of code points a surrogate is one without its other half.
    return codePoint != 0 && (codePoint < 0xD800 || codePoint > 0xDFFF);
  }
}
