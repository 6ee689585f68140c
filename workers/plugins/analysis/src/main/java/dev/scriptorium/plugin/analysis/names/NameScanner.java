package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Sentence;
import dev.scriptorium.plugin.analysis.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds sequences of capitalised words that may be names. Immutable. */
final class NameScanner {
  private static final Set<String> CONNECTORS =
      Set.of("de", "du", "des", "la", "le", "von", "van", "der", "den", "di", "da", "del", "y");
  private static final Set<String> RANKS =
      Set.of(
          "duke",
          "duchess",
          "earl",
          "count",
          "countess",
          "king",
          "queen",
          "prince",
          "princess",
          "lord",
          "lady",
          "bishop",
          "archbishop",
          "emperor",
          "marquis",
          "baron",
          "isle",
          "bay",
          "gulf",
          "cape",
          "city",
          "university",
          "house",
          "island",
          "islands",
          "court",
          "sea",
          "straits",
          "strait",
          "vale",
          "valley",
          "mount",
          "church",
          "hall",
          "street");
  private static final Pattern INITIALS = Pattern.compile("\\p{Lu}|(\\p{Lu}\\.)+");
  private static final int HEADING_WORDS = 12;

  private final NameRules rules;
  private final Company company;

  NameScanner(NameRules rules) {
    this.rules = rules;
    this.company = new Company(rules);
  }

  /** Names of a paragraph, in order; none when it is a heading or set in capitals. */
  List<NameSpan> scan(String text, Paragraph paragraph) {
    List<NameSpan> found = new ArrayList<>();
    if (!heading(paragraph)) {
      for (Sentence sentence : paragraph.sentences()) {
        scan(text, sentence.tokens(), found);
      }
    }
    return found;
  }

  private static boolean heading(Paragraph paragraph) {
    List<Token> words =
        paragraph.sentences().stream()
            .flatMap(sentence -> sentence.tokens().stream())
            .filter(Token::word)
            .toList();
    long capitals = words.stream().filter(NameScanner::allCapitals).count();
    if (words.isEmpty() || 2 * capitals > words.size()) {
      return true;
    }
    Token last = paragraph.sentences().getLast().tokens().getLast();
    long capitalised = words.stream().filter(Token::capitalised).count();
    return words.size() <= HEADING_WORDS && last.word() && 2 * capitalised > words.size();
  }

  private void scan(String text, List<Token> tokens, List<NameSpan> found) {
    int i = 0;
    while (i < tokens.size()) {
      int end = nameLike(tokens.get(i)) ? end(text, tokens, i) : i;
      if (end == i) {
        i++;
        continue;
      }
      add(text, tokens, i, end, found);
      i = end;
    }
  }

  /** One past the last token of the sequence that begins at {@code start}. */
  private int end(String text, List<Token> tokens, int start) {
    int i = start + 1;
    while (i < tokens.size()) {
      Token before = tokens.get(i - 1);
      Token token = tokens.get(i);
      if (lineBreak(text, before, token)) {
        return i;
      }
      if (nameLike(token) && continues(before, token)) {
        i++;
      } else if (stopOfAbbreviation(before, token) && i + 1 < tokens.size()) {
        i++;
      } else if (joins(text, tokens, start, i)) {
        i += 2;
      } else {
        break;
      }
    }
    Token last = tokens.get(i - 1);
    return last.text().equals(".") ? i - 1 : i;
  }

  /** False between two names: Herbert's Clara, Fenchurch Street Lord Godalming. */
  private boolean continues(Token before, Token token) {
    String word = NameForm.word(token);
    boolean owner = NameForm.possessive(before.text()) > 0 && !rules.placeHead(word);
    boolean title = rules.opensName(word) && !rules.honorific(NameForm.word(before));
    return !owner && !title && (!breaksAfter(before) || peoplesPlace(before, token));
  }

  /** True for Persian Gulf. */
  private boolean peoplesPlace(Token before, Token token) {
    return rules.people(NameForm.word(before)) && rules.placeHead(NameForm.word(token));
  }

  /** True when a function word stands last: what follows is another name. */
  private boolean breaksAfter(Token token) {
    String lower = NameForm.word(token);
    return !rules.honorific(lower) && (rules.function(lower) || rules.never(lower));
  }

  private boolean stopOfAbbreviation(Token before, Token token) {
    return token.text().equals(".")
        && token.start() == before.end()
        && (rules.honorific(NameForm.word(before)) || initials(before));
  }

  /** True for the "de" of Cap de Mort, the "of" of Isle of Wight, the hyphen of Anne-Marie. */
  private boolean joins(String text, List<Token> tokens, int start, int i) {
    if (i + 1 >= tokens.size()) {
      return false;
    }
    Token token = tokens.get(i);
    Token next = tokens.get(i + 1);
    if (!nameLike(next) || breaksAfter(next) || lineBreak(text, token, next)) {
      return false;
    }
    Token before = tokens.get(i - 1);
    boolean hyphen =
        token.text().equals("-") && token.start() == before.end() && next.start() == token.end();
    boolean of =
        NameForm.word(token).equals("of")
            && (RANKS.contains(NameForm.word(before))
                || RANKS.contains(NameForm.word(tokens.get(start))));
    return hyphen || of || CONNECTORS.contains(token.text());
  }

  private void add(String text, List<Token> tokens, int from, int to, List<NameSpan> found) {
    int start = from;
    boolean opens = initial(text, tokens, from);
    while (start < to && (opensNoName(tokens, start, to) || weak(tokens, start, opens))) {
      start++;
    }
    int end = to;
    while (end > start && notOfName(tokens.get(end - 1))) {
      end--;
    }
    if (start < end && !onlyHonorifics(tokens.subList(start, end))) {
      boolean initial = opens && start == from;
      found.add(
          new NameSpan(
              tokens.subList(start, end),
              initial,
              company.person(tokens, start, end),
              company.place(tokens, start, end),
              company.thing(tokens, start)));
    }
  }

  private boolean opensNoName(List<Token> tokens, int i, int to) {
    Token token = tokens.get(i);
    return notOfName(token) && !(i + 1 < to && peoplesPlace(token, tokens.get(i + 1)));
  }

  private boolean notOfName(Token token) {
    return breaksAfter(token) || !token.capitalised();
  }

  /** True for the Old of "Old Elias" and for the Dear of "Dear Mr. Pip". */
  private boolean weak(List<Token> tokens, int i, boolean opens) {
    String word = NameForm.word(tokens.get(i));
    boolean titleFollows =
        i + 1 < tokens.size() && rules.opensName(NameForm.word(tokens.get(i + 1)));
    return rules.weakHonorific(word) || (rules.openingHonorific(word) && (opens || titleFollows));
  }

  private boolean onlyHonorifics(List<Token> tokens) {
    return tokens.stream()
        .filter(Token::word)
        .allMatch(token -> rules.honorific(NameForm.word(token)) || initials(token));
  }

  private static boolean initials(Token token) {
    return INITIALS.matcher(token.text()).matches();
  }

  /** True where any word would have a capital. */
  private static boolean initial(String text, List<Token> tokens, int i) {
    if (i == 0) {
      return true;
    }
    Token before = tokens.get(i - 1);
    boolean joining = before.word() || ",;)-'".contains(before.text());
    return !joining || lineBreak(text, before, tokens.get(i));
  }

  private static boolean nameLike(Token token) {
    return token.capitalised() && token.word() && !token.text().equals("I");
  }

  private static boolean allCapitals(Token token) {
    String text = token.text();
    return text.length() > 1
        && text.equals(text.toUpperCase(Locale.ROOT))
        && Character.isLetter(text.charAt(0));
  }

  private static boolean lineBreak(String text, Token before, Token after) {
    // Never beyond the next token: a text without line ends would be searched to its end each time.
    return before.end() < after.start() && text.indexOf('\n', before.end(), after.start()) >= 0;
  }
}
