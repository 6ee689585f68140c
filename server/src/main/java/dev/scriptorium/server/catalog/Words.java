package dev.scriptorium.server.catalog;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts text into words, roughly as Postgres does: runs of letters, marks and digits. */
final class Words {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /**
   * A word of a text.
   *
   * @param text as it stands there
   * @param start index of its first char
   * @param end one past its last char
   */
  record Word(String text, int start, int end) {}

  private Words() {}

  /** The words of a text, in order. */
  static List<Word> of(String text) {
    List<Word> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); ) {
      int point = i < text.length() ? text.codePointAt(i) : -1;
      if (point >= 0 && isPart(point)) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        words.add(new Word(text.substring(start, i), start, i));
        start = -1;
      }
      i += point < 0 ? 1 : Character.charCount(point);
    }
    return words;
  }

  /** Without case and accents. */
  static String fold(String word) {
    return MARKS
        .matcher(Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
        .replaceAll("");
  }

  private static boolean isPart(int point) {
    return Character.isLetterOrDigit(point)
        || Character.getType(point) == Character.NON_SPACING_MARK
        || Character.getType(point) == Character.COMBINING_SPACING_MARK;
  }
}
