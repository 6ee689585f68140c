package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads page numbers, arabic and roman, in running heads. */
final class PageNumbers {
  /** Words of a text in which a page number may stand anywhere, as in {@code Page 3 of 9}. */
  private static final int SHORT = 6;

  /** Words at the end of a longer one, as in {@code The Tide Tables, page 3 of 9}. */
  private static final int TAIL = 3;

  /** A number within a section, as {@code 4-17}, {@code B.3} and {@code 111:4}. */
  private static final Pattern WITHIN_SECTION =
      Pattern.compile("([^\\p{L}\\p{N}]*(?:\\d+|\\p{L})[-.:\u2013])(\\d{1,4})([^\\p{L}\\p{N}]*)");

  private static final String ROMAN = "ivxlcdm";
  private static final int[] ROMAN_VALUES = {1, 5, 10, 50, 100, 500, 1000};

  private PageNumbers() {}

  /**
   * The text with one of its numbers, which may be the page's, replaced by its distance from the
   * page's own number; so the heads of all pages have a form in common.
   *
   * @return a form for the first word, the last ones, and every word of a short text, when it is a
   *     number or ends with one that counts within a section; in order; empty when there is none
   */
  static List<String> relative(String text, int page) {
    String[] words = text.split(" ", -1);
    List<String> forms = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      String form = mayStandAt(i, words.length) || i >= words.length - TAIL ? form(word, page) : "";
      if (!form.isEmpty()) {
        words[i] = form;
        forms.add(String.join(" ", words));
        words[i] = word;
      }
    }
    return forms;
  }

  /** The number as its distance from the page's; empty when the word has none. */
  private static String form(String word, int page) {
    int value = value(word);
    if (value >= 0) {
      return "#" + (value - page);
    }
    Matcher within = WITHIN_SECTION.matcher(word);
    return within.matches()
        ? within.group(1) + '#' + (Integer.parseInt(within.group(2)) - page) + within.group(3)
        : "";
  }

  /** The numbers that may be the page's, at the places where it mostly stands, in order. */
  static List<Integer> in(String text) {
    String[] words = text.split(" ", -1);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      if (mayStandAt(i, words.length) && value(words[i]) >= 0) {
        numbers.add(value(words[i]));
      }
    }
    return numbers;
  }

  /**
   * The numbers in small roman letters, as front matter is counted with, at the beginning and the
   * end of a text; chapters are rarely counted so.
   */
  static List<Integer> ofFrontMatter(String text) {
    String[] words = text.split(" ", -1);
    return Stream.of(words[0], words[words.length - 1])
        .filter(word -> word.chars().allMatch(c -> ROMAN.indexOf(c) >= 0))
        .map(PageNumbers::value)
        .filter(value -> value > 0)
        .distinct()
        .toList();
  }

  private static boolean mayStandAt(int word, int words) {
    return word == 0 || word == words - 1 || words <= SHORT;
  }

  /** Value of a number with signs around it, such as {@code [12]} or {@code xii}; -1 for none. */
  static int value(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && !Character.isLetterOrDigit(word.charAt(start))) {
      start++;
    }
    while (end > start && !Character.isLetterOrDigit(word.charAt(end - 1))) {
      end--;
    }
    String bare = word.substring(start, end);
    if (bare.isEmpty() || bare.length() > 9) {
      return -1;
    }
    return isArabic(bare) ? Integer.parseInt(bare) : roman(bare.toLowerCase(Locale.ROOT));
  }

  private static boolean isArabic(String bare) {
    return bare.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int roman(String bare) {
    int sum = 0;
    int before = 0;
    for (int i = bare.length() - 1; i >= 0; i--) {
      int letter = ROMAN.indexOf(bare.charAt(i));
      if (letter < 0) {
        return -1;
      }
      int value = ROMAN_VALUES[letter];
      sum += value < before ? -value : value;
      before = Math.max(before, value);
    }
    return sum;
  }
}
