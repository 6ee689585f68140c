package dev.scriptorium.plugin.analysis.facts;

import dev.scriptorium.plugin.analysis.text.WordLists;
import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The small words of languages: they tell which language a text is written in, and are never what
 * it is about. Immutable.
 */
public final class FunctionWords {
  private static final List<String> LATIN =
      List.of(
          "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro",
          "tr", "sl", "id", "eo", "la");
  private static final List<String> CYRILLIC = List.of("ru", "uk", "bg", "sr");
  private static final List<String> ARABIC = List.of("ar", "fa");
  private static final Map<UnicodeScript, String> ONE_LANGUAGE =
      Map.ofEntries(
          Map.entry(UnicodeScript.GREEK, "el"),
          Map.entry(UnicodeScript.HEBREW, "he"),
          Map.entry(UnicodeScript.HANGUL, "ko"),
          Map.entry(UnicodeScript.HIRAGANA, "ja"),
          Map.entry(UnicodeScript.KATAKANA, "ja"),
          Map.entry(UnicodeScript.THAI, "th"),
          Map.entry(UnicodeScript.LAO, "lo"),
          Map.entry(UnicodeScript.KHMER, "km"),
          Map.entry(UnicodeScript.MYANMAR, "my"),
          Map.entry(UnicodeScript.DEVANAGARI, "hi"),
          Map.entry(UnicodeScript.BENGALI, "bn"),
          Map.entry(UnicodeScript.TAMIL, "ta"),
          Map.entry(UnicodeScript.GEORGIAN, "ka"),
          Map.entry(UnicodeScript.ARMENIAN, "hy"));

  // Of running text a third to a half; of names, tables and other languages far less.
  private static final double LEAST_SHARE = 0.12;
  private static final int LEAST_WORDS = 30;
  // Neighbours share many: what the book states is believed when it fits nearly as well.
  private static final double NEARLY = 0.85;
  // Japanese needs its own letters; Chinese has none of them.
  private static final double KANA = 0.05;

  private final Map<String, Set<String>> lists = new HashMap<>();
  private final Set<String> common;

  /** Loads the lists. */
  public FunctionWords() {
    WordLists words = WordLists.load("function-words.txt");
    Stream.of(LATIN, CYRILLIC, ARABIC)
        .flatMap(List::stream)
        .forEach(language -> lists.put(language, words.list(language)));
    common = words.list("common-en");
  }

  /**
   * The language of a text.
   *
   * @param words how often each stands in it, in lower case
   * @param scripts words by script, in unspaced scripts characters
   * @param stated primary subtag of what the book says; empty when it says nothing
   * @return primary subtag; {@code stated} when the text does not say it clearly
   */
  String language(Map<String, Integer> words, Map<UnicodeScript, Integer> scripts, String stated) {
    long all = scripts.values().stream().mapToLong(Integer::longValue).sum();
    if (all < LEAST_WORDS) {
      return stated;
    }
    UnicodeScript script = most(scripts);
    return switch (script) {
      case LATIN -> byWords(words, scripts.getOrDefault(script, 0), LATIN, stated);
      case CYRILLIC -> byWords(words, scripts.getOrDefault(script, 0), CYRILLIC, stated);
      case ARABIC -> byWords(words, scripts.getOrDefault(script, 0), ARABIC, stated);
      case HAN -> kana(scripts) > KANA * all ? "ja" : "zh";
      // Marathi and Nepali are written like Hindi, and other pairs alike.
      default -> stated.isEmpty() ? ONE_LANGUAGE.getOrDefault(script, "") : stated;
    };
  }

  /** True for a word that no text is about. */
  boolean small(String word, String language) {
    return lists.getOrDefault(language, Set.of()).contains(word)
        || (language.equals("en") && common.contains(word));
  }

  private String byWords(
      Map<String, Integer> words, int total, List<String> languages, String stated) {
    String best = stated;
    double most = 0;
    double asStated = 0;
    for (String language : languages) {
      double share = (double) hits(words, language) / total;
      asStated = language.equals(stated) ? share : asStated;
      if (share > most) {
        most = share;
        best = language;
      }
    }
    boolean believed = most < LEAST_SHARE || (!stated.isEmpty() && asStated >= NEARLY * most);
    return believed ? stated : best;
  }

  private int hits(Map<String, Integer> words, String language) {
    int hits = 0;
    for (String word : lists.getOrDefault(language, Set.of())) {
      hits += words.getOrDefault(word, 0);
    }
    return hits;
  }

  private static int kana(Map<UnicodeScript, Integer> scripts) {
    return scripts.getOrDefault(UnicodeScript.HIRAGANA, 0)
        + scripts.getOrDefault(UnicodeScript.KATAKANA, 0);
  }

  private static UnicodeScript most(Map<UnicodeScript, Integer> scripts) {
    return scripts.entrySet().stream()
        .max(
            Map.Entry.<UnicodeScript, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(UnicodeScript.COMMON);
  }
}
