package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.analysis.text.Token;
import java.util.List;
import java.util.Set;

/**
 * Weighs what stands in and around a name: titles, verbs of speech, prepositions. The weights were
 * set by hand. Immutable.
 */
final class Company {
  private static final Set<String> ARTICLES = Set.of("the", "a", "an", "this", "that");
  private static final Set<String> LEAVING =
      Set.of("sailed", "sail", "sails", "left", "bound", "started", "set", "off", "out", "made");

  // These as often mean of, by or to somebody.
  private static final Set<String> OF_SOMEBODY =
      Set.of("de", "di", "da", "von", "van", "bei", "a", "à");

  private final NameRules rules;

  Company(NameRules rules) {
    this.rules = rules;
  }

  /** What speaks for a character in {@code tokens[start, end)}; 0 for nothing. */
  double person(List<Token> tokens, int start, int end) {
    double score = 0;
    String first = NameForm.word(tokens.get(start));
    if (rules.honorific(first) && end - start > 1) {
      score += 3;
    }
    if (rules.givenName(first)) {
      score += 2;
    }
    if (end < tokens.size()) {
      score += personBy(tokens.get(end), tokens.get(end - 1));
    }
    if (start > 0 && rules.speechVerb(NameForm.word(tokens.get(start - 1)))) {
      score += 1.5;
    }
    return score;
  }

  private double personBy(Token next, Token last) {
    if (rules.speechVerb(NameForm.word(next))) {
      return 2;
    }
    if (next.lower().equals("'s") && next.start() == last.end()) {
      return 0.5;
    }
    return next.is("VERB") || next.is("AUX") ? 0.7 : 0;
  }

  /** What speaks for a place in {@code tokens[start, end)}; 0 for nothing. */
  double place(List<Token> tokens, int start, int end) {
    double score = 0;
    String first = NameForm.word(tokens.get(start));
    String last = NameForm.word(tokens.get(end - 1));
    boolean several = end - start > 1;
    boolean called = rules.placeHead(last) || rules.placeFirst(first);
    if (several && !rules.honorific(first) && called && !speaks(tokens, start, end)) {
      score += 4;
    }
    if (rules.knownPlace(last) || rules.knownPlace(first)) {
      score += 2;
    }
    if (!several && rules.placeHead(last) && article(tokens, start)) {
      score += 0.8;
    }
    // In "to the Thames" the preposition counts, but less.
    return article(tokens, start)
        ? score + 0.8 * placeBy(tokens, start - 1)
        : score + placeBy(tokens, start);
  }

  /** True beside a verb of speech: places say nothing, but people are called Park and Hill. */
  private boolean speaks(List<Token> tokens, int start, int end) {
    return (start > 0 && rules.speechVerb(NameForm.word(tokens.get(start - 1))))
        || (end < tokens.size() && rules.speechVerb(NameForm.word(tokens.get(end))));
  }

  /** What speaks for neither, as an article does: the Committee. */
  double thing(List<Token> tokens, int start) {
    return article(tokens, start) ? 0.6 : 0;
  }

  private static boolean article(List<Token> tokens, int start) {
    return start > 0 && ARTICLES.contains(tokens.get(start - 1).lower());
  }

  private double placeBy(List<Token> tokens, int start) {
    if (start == 0) {
      return 0;
    }
    String before = NameForm.word(tokens.get(start - 1));
    if (rules.foreignPreposition(before)) {
      return OF_SOMEBODY.contains(before) ? 0.3 : 1;
    }
    return switch (before) {
      case "in", "at" -> 1.5;
      case "near", "into", "through", "across", "within", "throughout" -> 1;
      case "for" -> leaving(tokens, start - 2) ? 1.5 : 0;
      case "from", "to", "towards", "toward", "of" -> 0.3;
      default -> rules.placePreposition(before) ? 0.5 : 0;
    };
  }

  /** True for the "sailed" of "sailed for Lisbon". */
  private static boolean leaving(List<Token> tokens, int i) {
    return i >= 0 && LEAVING.contains(tokens.get(i).lower());
  }
}
