package dev.scriptorium.plugin.pdf;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the numbers of chapters in lines that consist of little else. */
final class ChapterNumbers {
  private static final int LONGEST = 80;
  private static final int MOST = 999;

  /** What chapters, and their like, are called in the languages that most books are in. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:chapter|kapitel|chapitre|cap[ií]tulo|capitolo|capitolul|hoofdstuk|kapittel|rozdzia[lł]"
              + "|kapitola|fejezet|luku|b[oö]l[uü]m|глава|розділ|раздел|κεφάλαιο)\\s+"
              + "([\\p{L}\\p{N}-]{1,20})(?:[.:,—–-]|\\s|$).*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern ALONE = Pattern.compile("[IVXLCDM]{1,8}\\.?|\\d{1,3}\\.?");

  private static final List<String> ENGLISH =
      List.of(
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen",
          "twenty");

  private ChapterNumbers() {}

  /** The number in a line such as "Chapter IV" or "Kapitel 4. Der Hafen"; 0 for other lines. */
  static int named(String line) {
    if (line.length() > LONGEST) {
      return 0;
    }
    Matcher matcher = NAMED.matcher(line);
    return matcher.matches() ? value(matcher.group(1)) : 0;
  }

  /** The number of which a line consists; 0 for other lines. */
  static int alone(String line) {
    return line.length() <= 9 && ALONE.matcher(line).matches() ? value(line) : 0;
  }

  private static int value(String number) {
    int value = PageNumbers.value(number);
    if (value < 0) {
      value = ENGLISH.indexOf(number.toLowerCase(Locale.ROOT)) + 1;
    }
    return value > MOST ? 0 : value;
  }
}
