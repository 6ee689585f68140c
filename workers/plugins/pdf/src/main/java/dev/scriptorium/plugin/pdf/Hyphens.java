package dev.scriptorium.plugin.pdf;

/** Joins words that the end of a line broke in two. */
final class Hyphens {
  private static final char TYPESET_HYPHEN = '\u2010';

  private final Vocabulary vocabulary;

  Hyphens(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** True when the text ends with a letter and a hyphen. */
  static boolean endsWithHyphen(String text) {
    int length = text.length();
    return length > 1
        && isHyphen(text.charAt(length - 1))
        && Character.isLetter(text.codePointBefore(length - 1));
  }

  private static boolean isHyphen(char c) {
    return c == '-' || c == TYPESET_HYPHEN;
  }

  /**
   * What the first half becomes when it is continued: without its hyphen when that only broke the
   * line. Decided by the words that the book has elsewhere; a word it has nowhere else is joined.
   *
   * @param half last word of a line, with its hyphen
   * @param rest first word of the next line
   */
  String join(String half, String rest) {
    String first = half.substring(0, half.length() - 1);
    String hyphenated = first + '-';
    if (rest.isEmpty() || !Character.isLowerCase(rest.codePointAt(0))) {
      return hyphenated;
    }
    String second = withoutTail(rest);
    if (vocabulary.contains(first + second)) {
      return first;
    }
    boolean keeps = vocabulary.contains(hyphenated + second) || first.indexOf('-') > 0;
    return keeps ? hyphenated : first;
  }

  /** The word up to a second hyphen or dash. */
  private static String withoutTail(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == '—' || c == '–' || isHyphen(c)) {
        return rest.substring(0, i);
      }
    }
    return rest;
  }
}
