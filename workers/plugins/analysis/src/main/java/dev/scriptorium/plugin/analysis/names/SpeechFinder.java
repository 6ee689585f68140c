package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.text.CodePoints;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds what is said in one chapter and who says it, where the narration beside the quotation gives
 * a verb of speech and a name: said Mr. Hale, Margaret replied. Other quotations of the same
 * paragraph are the same speaker's when it names no other. Holds at most {@value #MOST} quotations;
 * later ones are left out. Not thread-safe.
 */
public final class SpeechFinder {
  static final int MOST = 5_000;

  // A verb of speech that stands farther from the quotation belongs to something else.
  private static final int NEAR = 6;
  private static final int NOBODY = -1;

  private final NameRules rules;
  private final List<Said> said = new ArrayList<>();

  SpeechFinder(NameRules rules) {
    this.rules = rules;
  }

  /**
   * A quotation.
   *
   * @param start UTF-16 index in the chapter
   * @param end one past its last
   * @param speaker index of a word of the speaker's name
   */
  private record Said(int start, int end, int speaker) {}

  /** A run of tokens, from the first to one past the last. */
  private record Run(int from, int to) {}

  /** Reads the next paragraph. */
  public void add(Paragraph paragraph) {
    List<Token> tokens =
        paragraph.sentences().stream().flatMap(sentence -> sentence.tokens().stream()).toList();
    List<Run> quoted = quoted(tokens);
    if (quoted.isEmpty() || said.size() >= MOST) {
      return;
    }
    int[] after = new int[quoted.size()];
    int[] before = new int[quoted.size()];
    for (int i = 0; i < quoted.size(); i++) {
      Run run = quoted.get(i);
      int last = i == 0 ? 0 : quoted.get(i - 1).to();
      int next = i + 1 == quoted.size() ? tokens.size() : quoted.get(i + 1).from();
      after[i] = speaker(tokens, run.to(), Math.min(next, run.to() + NEAR));
      before[i] = speaker(tokens, Math.max(last, run.from() - NEAR), run.from());
    }
    int only = onlyOne(tokens, after, before);
    for (int i = 0; i < quoted.size() && said.size() < MOST; i++) {
      int speaker = after[i] != NOBODY ? after[i] : before[i] != NOBODY ? before[i] : only;
      if (speaker != NOBODY) {
        Run run = quoted.get(i);
        said.add(
            new Said(
                tokens.get(run.from()).start(),
                tokens.get(run.to() - 1).end(),
                tokens.get(speaker).start()));
      }
    }
  }

  private static List<Run> quoted(List<Token> tokens) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      if (i == tokens.size() || !tokens.get(i).quoted()) {
        if (i > from) {
          runs.add(new Run(from, i));
        }
        from = i + 1;
      }
    }
    return runs;
  }

  /** The name beside the first verb of speech in {@code tokens[from, to)} that has one. */
  private int speaker(List<Token> tokens, int from, int to) {
    for (int i = from; i < to; i++) {
      if (rules.speechVerb(NameForm.word(tokens.get(i)))) {
        int name = nameBeside(tokens, i);
        if (name != NOBODY) {
          return name;
        }
      }
    }
    return NOBODY;
  }

  private int nameBeside(List<Token> tokens, int verb) {
    if (verb + 1 < tokens.size() && nameLike(tokens.get(verb + 1))) {
      return verb + 1;
    }
    boolean adverb = verb > 1 && tokens.get(verb - 1).lower().endsWith("ly");
    int before = adverb ? verb - 2 : verb - 1;
    return before >= 0 && nameLike(tokens.get(before)) ? before : NOBODY;
  }

  private boolean nameLike(Token token) {
    String word = NameForm.word(token);
    return !token.quoted() && token.capitalised() && token.word() && !rules.function(word);
  }

  /** The one speaker that a paragraph names; nobody when there are more. */
  private static int onlyOne(List<Token> tokens, int[] after, int[] before) {
    int only = NOBODY;
    for (int i = 0; i < after.length; i++) {
      for (int speaker : new int[] {after[i], before[i]}) {
        if (speaker != NOBODY && only != NOBODY && !sameWord(tokens, speaker, only)) {
          return NOBODY;
        }
        only = speaker == NOBODY ? only : speaker;
      }
    }
    return only;
  }

  private static boolean sameWord(List<Token> tokens, int one, int other) {
    return tokens.get(one).lower().equals(tokens.get(other).lower());
  }

  /**
   * What is said by the characters among these mentions, in reading order.
   *
   * @param chapter ordinal
   * @param mentions of the same chapter
   */
  public List<Quotation> quotations(
      int chapter, String text, CodePoints codePoints, List<Mention> mentions) {
    TreeMap<Integer, TextRange> names = new TreeMap<>();
    for (Mention mention : mentions) {
      if (mention.type() == Entity.Type.CHARACTER) {
        names.put(mention.range().start(), mention.range());
      }
    }
    List<Quotation> quotations = new ArrayList<>();
    for (Said one : said) {
      int offset = codePoints.offset(one.speaker());
      Map.Entry<Integer, TextRange> name = names.floorEntry(offset);
      if (name != null && offset < name.getValue().end()) {
        quotations.add(quotation(chapter, text, codePoints, one, name.getValue()));
      }
    }
    return quotations;
  }

  private static Quotation quotation(
      int chapter, String text, CodePoints codePoints, Said one, TextRange speaker) {
    int end = end(text, one);
    return new Quotation(
        new TextRange(chapter, codePoints.offset(one.start()), codePoints.offset(end)),
        text.substring(one.start(), end),
        speaker,
        0);
  }

  /** Where it ends: one that is too long, at the last blank before that, never inside a pair. */
  private static int end(String text, Said one) {
    int longest = one.start() + Quotation.LONGEST;
    if (one.end() <= longest) {
      return one.end();
    }
    int blank = text.lastIndexOf(' ', longest);
    if (blank > one.start()) {
      return blank;
    }
    return Character.isLowSurrogate(text.charAt(longest)) ? longest - 1 : longest;
  }
}
