package dev.scriptorium.plugin.analysis.facts;

import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.TextCounts;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Sentence;
import dev.scriptorium.plugin.analysis.text.Token;
import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the words of one chapter. Holds at most {@value #MOST_WORDS} different words; what others
 * would add is estimated from these. Not thread-safe.
 */
public final class ChapterCounter {
  static final int MOST_WORDS = 50_000;

  private static final int LONG = 6;
  private static final int MANY_SYLLABLES = 3;
  private static final int MOST_TERMS = 60;
  private static final int SHORTEST_TERM = 3;
  private static final int LONGEST_TERM = 30;

  private final String stated;
  private final FunctionWords functionWords;
  private final Map<String, Integer> words = new HashMap<>();
  private final Map<String, Integer> terms = new HashMap<>();
  private final Map<UnicodeScript, Integer> scripts = new EnumMap<>(UnicodeScript.class);
  private long all;
  private long counted;
  private long sentences;
  private long letters;
  private long longWords;

  /**
   * @param stated primary subtag of the language that the book states; empty when it states none
   */
  public ChapterCounter(String stated, FunctionWords functionWords) {
    this.stated = stated;
    this.functionWords = functionWords;
  }

  /** Reads the next paragraph. */
  public void add(String text, Paragraph paragraph) {
    WordScanner.scan(text, paragraph.start(), paragraph.end(), this::word);
    for (Sentence sentence : paragraph.sentences()) {
      boolean speaks = false;
      for (Token token : sentence.tokens()) {
        speaks |= token.word();
        term(token);
      }
      sentences += speaks ? 1 : 0;
    }
  }

  private void word(String word, UnicodeScript script, int length) {
    all++;
    letters += length;
    longWords += length > LONG ? 1 : 0;
    scripts.merge(script, 1, Integer::sum);
    if (words.size() < MOST_WORDS || words.containsKey(word)) {
      words.merge(word, 1, Integer::sum);
      counted++;
    }
  }

  /** Nouns where the tags say which words are, else all words. */
  private void term(Token token) {
    boolean candidate = token.tag().isEmpty() ? token.word() : token.is("NOUN");
    String term = token.lower();
    if (candidate
        && term.length() >= SHORTEST_TERM
        && term.length() <= LONGEST_TERM
        && (terms.size() < MOST_WORDS || terms.containsKey(term))
        && term.codePoints().allMatch(Character::isLetter)) {
      terms.merge(term, 1, Integer::sum);
    }
  }

  /**
   * The figures, with words that may become keywords.
   *
   * @param names words of names, in lower case, which are no keywords
   */
  public Facts facts(Set<String> names) {
    String language = functionWords.language(words, scripts, stated);
    double syllables = 0;
    double many = 0;
    for (Map.Entry<String, Integer> word : words.entrySet()) {
      int count = Syllables.count(word.getKey(), language);
      syllables += (double) count * word.getValue();
      many += count >= MANY_SYLLABLES ? word.getValue() : 0;
    }
    double scale = counted == 0 ? 0 : (double) all / counted;
    TextCounts counts =
        new TextCounts(
            all,
            all == 0 ? 0 : Math.max(1, sentences),
            letters,
            Math.round(scale * syllables),
            longWords,
            Math.min(all, Math.round(scale * many)));
    return TextFigures.of(language, counts, candidates(language, names));
  }

  private List<Facts.Keyword> candidates(String language, Set<String> names) {
    return terms.entrySet().stream()
        .filter(term -> !names.contains(term.getKey()))
        .filter(term -> !functionWords.small(term.getKey(), language))
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .limit(MOST_TERMS)
        .map(term -> new Facts.Keyword(term.getKey(), term.getValue()))
        .toList();
  }
}
