package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.LineJoint;

/** Joins words that the end of a line broke in two. */
final class Hyphens {
  private static final char TYPESET_HYPHEN = '\u2010';

  /** Halves below this length are syllables more often than words. */
  private static final int SHORTEST_WORD = 3;

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

  /**
   * What parts two lines: nothing within a word of Hangul, which lines break anywhere, when the
   * book has it elsewhere and not its halves; else what {@link LineJoint} says.
   */
  String between(String before, String after) {
    String joint = LineJoint.between(before, after);
    int space = after.indexOf(' ');
    boolean broken =
        LineJoint.isHangul(before.codePointBefore(before.length()))
            && LineJoint.isHangul(after.codePointAt(0))
            && isOneWord(
                before.substring(before.lastIndexOf(' ') + 1),
                space < 0 ? after : after.substring(0, space));
    return broken ? "" : joint;
  }

  private boolean isOneWord(String first, String second) {
    return vocabulary.contains(first + second)
        && !(vocabulary.contains(first) && vocabulary.contains(second));
  }

  private static boolean isHyphen(char c) {
    return c == '-' || c == TYPESET_HYPHEN;
  }

  /**
   * What the first half becomes when it is continued: without its hyphen when that only broke the
   * line. The book's own words decide: the joined word when it occurs elsewhere; else the hyphen
   * stays when the word with it occurs, or when both halves are words. What is left is joined.
   *
   * @param half last word of a line, with its hyphen
   * @param rest first word of the next line
   */
  String join(String half, String rest) {
    char hyphen = half.charAt(half.length() - 1);
    String first = half.substring(0, half.length() - 1);
    String hyphenated = first + '-';
    if (vocabulary.marksTypesetHyphens()) {
      return hyphen == TYPESET_HYPHEN ? first : hyphenated;
    }
    if (rest.isEmpty() || !Character.isLowerCase(rest.codePointAt(0))) {
      return hyphenated;
    }
    return belongsToTheWord(first, withoutTail(rest)) ? hyphenated : first;
  }

  private boolean belongsToTheWord(String first, String second) {
    String tail = first.substring(first.lastIndexOf('-') + 1);
    if (vocabulary.contains(tail + second) || vocabulary.contains(first + second)) {
      return false;
    }
    return vocabulary.breaksNoWords()
        || vocabulary.contains(first + '-' + second)
        || vocabulary.contains(tail + '-' + second)
        || (isWord(tail) && isWord(second));
  }

  private boolean isWord(String part) {
    return part.length() >= SHORTEST_WORD && vocabulary.contains(part);
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
