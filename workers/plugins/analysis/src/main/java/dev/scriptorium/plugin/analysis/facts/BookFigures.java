package dev.scriptorium.plugin.analysis.facts;

import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.TextCounts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the figures of a book of those of its chapters. Keywords are chosen by how often they stand
 * in a text and by how few chapters have them (Spärck Jones 1972). Pure.
 */
public final class BookFigures {
  private static final int KEYWORDS = 20;
  private static final int CHAPTER_KEYWORDS = 8;
  private static final int LEAST_COUNT = 2;

  private final SortedMap<Integer, Facts> chapters;
  private final Set<String> names;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Integer> chaptersWith = new HashMap<>();
  private final String language;

  /**
   * @param chapters by ordinal, as {@link ChapterCounter} gives them
   * @param names words of names, in lower case, which are no keywords
   */
  public BookFigures(SortedMap<Integer, Facts> chapters, Set<String> names) {
    this.chapters = chapters;
    this.names = names;
    this.language = mainLanguage(chapters);
    for (Facts chapter : chapters.values()) {
      for (Facts.Keyword keyword : chapter.keywords()) {
        counts.merge(keyword.word(), keyword.count(), Integer::sum);
        chaptersWith.merge(keyword.word(), 1, Integer::sum);
      }
    }
  }

  /** Figures of the whole book. */
  public Facts book() {
    TextCounts all =
        chapters.values().stream().map(Facts::counts).reduce(TextCounts.NONE, TextCounts::plus);
    return TextFigures.of(language, all, telling(merged(counts), KEYWORDS));
  }

  /** Figures of the chapters, with the words that tell each from the others. */
  public SortedMap<Integer, Facts> chapters() {
    SortedMap<Integer, Facts> telling = new TreeMap<>();
    chapters.forEach((ordinal, facts) -> telling.put(ordinal, withKeywords(facts)));
    return telling;
  }

  private Facts withKeywords(Facts facts) {
    Map<String, Integer> own = new HashMap<>();
    facts.keywords().forEach(keyword -> own.merge(keyword.word(), keyword.count(), Integer::sum));
    return new Facts(
        facts.language(),
        facts.counts(),
        facts.readingSeconds(),
        facts.difficulty(),
        facts.readability(),
        telling(merged(own), CHAPTER_KEYWORDS));
  }

  private List<Facts.Keyword> telling(Map<String, Integer> candidates, int most) {
    return candidates.entrySet().stream()
        .filter(word -> word.getValue() >= LEAST_COUNT && !names.contains(word.getKey()))
        .sorted(
            Comparator.comparingDouble((Map.Entry<String, Integer> word) -> -score(word))
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .map(word -> new Facts.Keyword(word.getKey(), word.getValue()))
        .toList();
  }

  private double score(Map.Entry<String, Integer> word) {
    double share = (double) chapters.size() / chaptersWith.getOrDefault(word.getKey(), 1);
    return word.getValue() * StrictMath.log(1 + share);
  }

  /** Counts whales with the whale, where there is a whale. */
  private Map<String, Integer> merged(Map<String, Integer> words) {
    if (!language.equals("en")) {
      return words;
    }
    Map<String, Integer> merged = new HashMap<>();
    words.forEach((word, count) -> merged.merge(singular(word, words), count, Integer::sum));
    return merged;
  }

  private static String singular(String word, Map<String, Integer> words) {
    String shorter = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    return words.containsKey(shorter) ? shorter : word;
  }

  /** That of the most words; of equals the first by alphabet. */
  private static String mainLanguage(SortedMap<Integer, Facts> chapters) {
    SortedMap<String, Long> words = new TreeMap<>();
    for (Facts facts : chapters.values()) {
      words.merge(facts.language(), facts.counts().words(), Long::sum);
    }
    return words.entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
