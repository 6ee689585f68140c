package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.text.CodePoints;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers the names of one chapter and decides at its end which of them are names, and of what:
 * words that stand in lower case as often, or only where sentences begin, are left out or doubted.
 * Holds at most {@value #MOST_NAMES} places of names; later ones are not counted. Not thread-safe.
 */
public final class ChapterNames {
  /** Confidence of what its chapter alone does not make a name. */
  private static final double DOUBTFUL = 0.35;

  static final int MOST_NAMES = 20_000;

  // No chapter of a book has so many different ones; a text of random letters has.
  private static final int MOST_WORDS = 100_000;

  /** Parts of speech that begin sentences and not names. */
  private static final Set<String> OPENING_TAGS =
      Set.of("VERB", "AUX", "ADV", "ADP", "SCONJ", "CCONJ", "INTJ", "PRON", "DET");

  private final NameRules rules;
  private final boolean nounsWithCapitals;
  private final NameScanner scanner;
  private final List<NameSpan> spans = new ArrayList<>();
  private final Map<String, Integer> lowerCase = new HashMap<>();
  private final Map<String, Integer> midSentence = new HashMap<>();
  private final Set<String> inLongNames = new HashSet<>();
  private final Map<String, Votes> votes = new HashMap<>();
  private boolean full;

  /**
   * @param nounsWithCapitals true when a capital in mid-sentence says nothing: then single words
   *     count only when they stand in a longer name of the chapter too
   */
  ChapterNames(NameRules rules, boolean nounsWithCapitals) {
    this.rules = rules;
    this.nounsWithCapitals = nounsWithCapitals;
    this.scanner = new NameScanner(rules);
  }

  /** True when names were left out because there were too many. */
  public boolean full() {
    return full;
  }

  /** Reads the next paragraph. */
  public void add(String text, Paragraph paragraph) {
    paragraph.sentences().stream()
        .flatMap(sentence -> sentence.tokens().stream())
        .filter(token -> token.word() && !token.capitalised())
        .forEach(token -> countLowerCase(token.lower()));
    for (NameSpan span : scanner.scan(text, paragraph)) {
      if (spans.size() == MOST_NAMES) {
        full = true;
        return;
      }
      spans.add(span);
      countWords(span);
    }
  }

  private void countLowerCase(String word) {
    if (lowerCase.size() < MOST_WORDS || lowerCase.containsKey(word)) {
      lowerCase.merge(word, 1, Integer::sum);
    }
  }

  private void countWords(NameSpan span) {
    for (int i = span.initial() ? 1 : 0; i < span.tokens().size(); i++) {
      midSentence.merge(NameForm.word(span.tokens().get(i)), 1, Integer::sum);
    }
    if (span.tokens().size() > 1) {
      span.tokens().forEach(token -> inLongNames.add(NameForm.word(token)));
    }
  }

  /**
   * The names, in reading order.
   *
   * @param chapter ordinal
   */
  public List<Mention> mentions(int chapter, String text, CodePoints codePoints) {
    List<NameSpan> kept = new ArrayList<>();
    for (NameSpan span : spans) {
      NameSpan name = withoutOpening(span);
      if (confidence(name) > 0) {
        kept.add(name);
        vote(name);
      }
    }
    return kept.stream().map(span -> mention(span, chapter, text, codePoints)).toList();
  }

  /** Takes away a first word that owes its capital to the sentence: Even Mary. */
  private NameSpan withoutOpening(NameSpan span) {
    List<Token> tokens = span.tokens();
    int next = 1;
    // Over the "de" of "Detrás de Inés"; with tags the first word is known for what it is.
    while (next < tokens.size() && !tokens.get(next).capitalised() && untagged(tokens)) {
      next++;
    }
    boolean common =
        span.initial()
            && next < tokens.size()
            && tokens.get(next).capitalised()
            && !partOfName(tokens.getFirst(), NameForm.word(tokens.get(next)));
    return common ? span.without(next) : span;
  }

  private static boolean untagged(List<Token> tokens) {
    return tokens.getFirst().tag().isEmpty();
  }

  private boolean partOfName(Token token, String next) {
    String word = NameForm.word(token);
    if (rules.honorific(word) || rules.givenName(word)) {
      return true;
    }
    boolean other = OPENING_TAGS.contains(token.tag()) || rules.honorific(next);
    int inside = count(midSentence, word);
    // Seen with a capital only here, before a word that is a name by itself.
    boolean alone = inside == 0 && count(midSentence, next) > 0;
    return !other && !alone && count(lowerCase, word) <= inside;
  }

  /** 0 for what is no name. */
  private double confidence(NameSpan span) {
    Token first = span.tokens().getFirst();
    String word = NameForm.word(first);
    if (span.tokens().size() > 1) {
      return rules.honorific(word) || rules.givenName(word) ? 0.95 : 0.85;
    }
    if (nounsWithCapitals && !inLongNames.contains(word)) {
      return 0;
    }
    int inside = count(midSentence, word);
    int lower = count(lowerCase, word);
    if (lower > 0 && lower >= inside) {
      return 0;
    }
    boolean known = rules.givenName(word) || rules.knownPlace(word);
    if (inside > 0 && known) {
      return 0.9;
    }
    if (inside > 0) {
      return Math.min(0.9, 0.6 + 0.1 * (inside - 1));
    }
    if (known) {
      return 0.6;
    }
    return first.is("PROPN") ? DOUBTFUL : 0;
  }

  private void vote(NameSpan span) {
    votesOf(NameForm.key(span.tokens())).add(span.person(), span.place(), span.thing());
    if (span.tokens().size() > 1) {
      for (Token token : span.tokens()) {
        votesOf(NameForm.word(token)).add(span.person() / 2, span.place() / 4, 0);
      }
    }
  }

  private Votes votesOf(String key) {
    return votes.computeIfAbsent(key, _ -> new Votes());
  }

  private Mention mention(NameSpan span, int chapter, String text, CodePoints codePoints) {
    int start = span.start();
    int end = end(span.tokens().getLast());
    return new Mention(
        type(span),
        text.substring(start, end),
        new TextRange(chapter, codePoints.offset(start), codePoints.offset(end)),
        votesOf(NameForm.key(span.tokens())).forNeither() ? DOUBTFUL : confidence(span));
  }

  private Entity.Type type(NameSpan span) {
    return votesOf(NameForm.key(span.tokens())).type();
  }

  private static int end(Token last) {
    int possessive = NameForm.possessive(last.text());
    return last.end() - possessive;
  }

  private static int count(Map<String, Integer> counts, String word) {
    return counts.getOrDefault(word, 0);
  }
}
