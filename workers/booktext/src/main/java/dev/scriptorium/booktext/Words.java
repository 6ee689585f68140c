package dev.scriptorium.booktext;

/** White space and words, as the whole system counts them. Thread-safe. */
public final class Words {
  private Words() {}

  /**
   * True for every character with the Unicode property White_Space, no-break spaces included, and
   * for the information separators of ASCII.
   */
  public static boolean isSpace(int c) {
    if (c <= ' ') {
      return c == ' ' || (c >= '\t' && c <= '\r') || c >= 0x1C;
    }
    if (c < 0x1680) {
      return c == 0x85 || c == 0xA0;
    }
    return c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** Number of tokens separated by white space. */
  public static int count(CharSequence text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = isSpace(text.charAt(i));
      if (!space && !inWord) {
        words++;
      }
      inWord = !space;
    }
    return words;
  }

  /**
   * One line: canonical text without line breaks, for titles and names.
   *
   * @param maxCodePoints at least 1; what follows is cut off
   */
  public static String line(CharSequence text, int maxCodePoints) {
    CanonicalText line = new CanonicalText(maxCodePoints);
    line.text(text);
    return line.finish().replace('\n', ' ');
  }
}
