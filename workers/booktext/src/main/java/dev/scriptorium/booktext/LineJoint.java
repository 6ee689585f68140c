package dev.scriptorium.booktext;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What stands between two lines of a paragraph when they become one text. Thread-safe. */
public final class LineJoint {
  private static final char DASH = '\u2014';

  /** Scripts that part words by nothing, and break lines between any two of their signs. */
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.YI,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  /** Signs of such a script that rules about punctuation may keep on one line. */
  private static final int KEPT_TOGETHER = 2;

  private LineJoint() {}

  /**
   * A space, or nothing: at a dash that has no spaces around it, and in scripts without spaces.
   *
   * @param before not empty
   * @param after not empty
   */
  public static String between(String before, String after) {
    return isDashBetween(before, after) || isWithoutSpace(before, after) ? "" : " ";
  }

  /**
   * Joins lines; empty ones part words like any other.
   *
   * @return empty when there is no line
   */
  public static String join(List<String> lines) {
    StringBuilder text = new StringBuilder();
    String before = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean both = !before.isEmpty() && !line.isEmpty();
      text.append(i == 0 ? "" : both ? between(before, line) : " ").append(line);
      before = line;
    }
    return text.toString();
  }

  /** How many letters at the beginning of a text no line break would part. */
  public static int unbroken(String text) {
    int space = text.indexOf(' ');
    int word = space < 0 ? text.length() : space;
    return isOfScriptWithoutSpaces(text.codePointAt(0)) ? Math.min(word, KEPT_TOGETHER) : word;
  }

  /** True for a syllable of Korean script. */
  public static boolean isHangul(int c) {
    return c >= 0xAC00 && c <= 0xD7A3;
  }

  private static boolean isDashBetween(String before, String after) {
    int last = before.length() - 1;
    if (before.charAt(last) == DASH) {
      return last > 0 && before.charAt(last - 1) != ' ';
    }
    return after.length() > 1
        && after.charAt(0) == DASH
        && after.charAt(1) != ' '
        && Character.isLetterOrDigit(before.codePointBefore(last + 1));
  }

  private static boolean isWithoutSpace(String before, String after) {
    int last = before.codePointBefore(before.length());
    int first = after.codePointAt(0);
    return isWideSign(last)
        || isWideSign(first)
        || (isOfScriptWithoutSpaces(last) && isOfScriptWithoutSpaces(first));
  }

  /** Punctuation of East Asian scripts, which brings its own room. */
  private static boolean isWideSign(int c) {
    return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF && !Character.isLetter(c));
  }

  private static boolean isOfScriptWithoutSpaces(int c) {
    // The long vowel sign of kana belongs to several scripts.
    return c >= 0x0E00 && (c == 0x30FC || WITHOUT_SPACES.contains(UnicodeScript.of(c)));
  }
}
