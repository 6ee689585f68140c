package dev.scriptorium.plugin.analysis.facts;

import java.util.Map;

/**
 * How fast practised readers read: means of the International Reading Speed Texts
 * (Trauzettel-Klosinski and Dietz, Investigative Ophthalmology and Visual Science 53, 2012).
 */
final class Pace {
  private static final Map<String, Integer> WORDS_A_MINUTE =
      Map.ofEntries(
          Map.entry("ar", 138),
          Map.entry("nl", 202),
          Map.entry("en", 228),
          Map.entry("fi", 161),
          Map.entry("fr", 195),
          Map.entry("de", 179),
          Map.entry("he", 187),
          Map.entry("it", 188),
          Map.entry("pl", 166),
          Map.entry("pt", 181),
          Map.entry("ru", 184),
          Map.entry("sl", 180),
          Map.entry("es", 218),
          Map.entry("sv", 199),
          Map.entry("tr", 166));
  // The mean of all languages of the study.
  private static final int USUAL = 184;

  private static final int CHINESE_CHARACTERS = 255;
  private static final int JAPANESE_CHARACTERS = 357;
  // Not measured: the usual words, of five characters each.
  private static final int OTHER_CHARACTERS = 5 * USUAL;

  private Pace() {}

  /**
   * Words a minute; characters for languages that do not separate words.
   *
   * @param language primary subtag; empty when unknown
   */
  static int wordsAMinute(String language) {
    return switch (language) {
      case "zh" -> CHINESE_CHARACTERS;
      case "ja" -> JAPANESE_CHARACTERS;
      case "th", "lo", "km", "my" -> OTHER_CHARACTERS;
      default -> WORDS_A_MINUTE.getOrDefault(language, USUAL);
    };
  }

  /** True when the language does not separate words. */
  static boolean unspaced(String language) {
    return switch (language) {
      case "zh", "ja", "th", "lo", "km", "my" -> true;
      default -> false;
    };
  }

  /** Seconds that so many words take. */
  static long seconds(long words, String language) {
    return Math.round(60.0 * words / wordsAMinute(language));
  }
}
