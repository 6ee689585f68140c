package dev.scriptorium.plugin.analysis.facts;

import java.lang.Character.UnicodeScript;
import java.util.Locale;

/**
 * Finds words as readers count them: runs of letters and digits with the apostrophes and hyphens
 * inside them; in scripts that do not separate words, single characters. Pure.
 */
final class WordScanner {
  private static final int FIRST_THAI = 0x0E00;
  // What is longer is no word: a word is then counted with its beginning.
  private static final int LONGEST = 100;

  private WordScanner() {}

  /** Takes words. */
  @FunctionalInterface
  interface Taker {
    /**
     * A word.
     *
     * @param word in lower case, apostrophes straight, at most {@value #LONGEST} characters
     * @param script of its first letter
     * @param length letters and digits
     */
    void word(String word, UnicodeScript script, int length);
  }

  /** Hands over the words of {@code text[start, end)} in order. */
  static void scan(String text, int start, int end, Taker taker) {
    int i = start;
    while (i < end) {
      int c = text.codePointAt(i);
      if (!Character.isLetterOrDigit(c)) {
        i += Character.charCount(c);
      } else if (unspaced(c)) {
        int next = i + Character.charCount(c);
        taker.word(text.substring(i, next), script(c), 1);
        i = next;
      } else {
        i = word(text, i, end, taker);
      }
    }
  }

  private static int word(String text, int start, int end, Taker taker) {
    int length = 0;
    int i = start;
    while (i < end) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (Character.isLetterOrDigit(c) && !unspaced(c)) {
        length++;
      } else if (!mark(c) && !(joins(c) && next < end && letterAt(text, next))) {
        break;
      }
      i = next;
    }
    // A word of an astral script may be cut in the middle of a character: its form tells nothing.
    String form = text.substring(start, Math.min(i, start + LONGEST));
    String lower = form.toLowerCase(Locale.ROOT).replace('’', '\'');
    taker.word(lower, script(text.codePointAt(start)), length);
    return i;
  }

  private static boolean letterAt(String text, int index) {
    int c = text.codePointAt(index);
    return Character.isLetter(c) && !unspaced(c);
  }

  private static boolean joins(int c) {
    return c == '\'' || c == '’' || c == '-' || c == '‐';
  }

  private static boolean mark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean unspaced(int c) {
    return c >= FIRST_THAI
        && switch (UnicodeScript.of(c)) {
          case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
          default -> false;
        };
  }

  private static UnicodeScript script(int c) {
    return c < 0x250 && Character.isLetter(c) ? UnicodeScript.LATIN : UnicodeScript.of(c);
  }
}
