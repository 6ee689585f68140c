package dev.scriptorium.plugin.analysis.members;

import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Sentence;
import dev.scriptorium.plugin.analysis.text.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Measures one paragraph: a value for every {@link Feature}. */
public final class Measurement {
  private static final Set<String> FIRST_PERSON = Set.of("i", "me", "my", "we", "us", "our");
  private static final Set<String> SECOND_PERSON =
      Set.of("you", "your", "yours", "thou", "thee", "thy");
  private static final Set<String> THIRD_PERSON =
      Set.of("he", "him", "his", "she", "her", "hers", "they", "them", "their");
  private static final Set<String> BEING =
      Set.of("was", "were", "is", "are", "stood", "lay", "hung", "rose", "had", "came", "ran");

  private final Vocabulary vocabulary;
  private final Features counts = new Features();
  private final Set<String> names = new HashSet<>();
  private int words;
  private int narrated;
  private int quoted;
  private int visible;
  private int moving;
  private int densest;
  private int liveliest;
  private int sentences;

  private Measurement(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Measures a paragraph. */
  public static Features of(Paragraph paragraph, Vocabulary vocabulary) {
    return of(paragraph.sentences(), paragraph.framed(), vocabulary);
  }

  /** Measures a run of sentences. */
  static Features of(List<Sentence> sentences, boolean framed, Vocabulary vocabulary) {
    Measurement measurement = new Measurement(vocabulary);
    sentences.forEach(measurement::count);
    return measurement.values(sentences, framed);
  }

  private void count(Sentence sentence) {
    List<Token> tokens = sentence.tokens();
    int visibleBefore = visible;
    int movingBefore = moving;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (!token.word()) {
        punctuation(token);
      } else if (token.quoted()) {
        quoted++;
        quotedWord(token);
      } else {
        narrated++;
        word(token);
        company(tokens, i);
      }
    }
    densest = Math.max(densest, visible - visibleBefore);
    liveliest = Math.max(liveliest, moving - movingBefore);
    sentences++;
    opening(tokens);
  }

  private void punctuation(Token token) {
    switch (token.text()) {
      case "," -> add(Feature.COMMAS);
      case ";", ":" -> add(Feature.SEMICOLONS);
      case "?", "!" -> add(Feature.OUTCRIES);
      default -> {}
    }
  }

  private void quotedWord(Token token) {
    if (vocabulary.visible(token.lower())) {
      add(Feature.QUOTED_VISIBLE);
    }
    if (SECOND_PERSON.contains(token.lower())) {
      add(Feature.SECOND_PERSON);
    }
  }

  private void word(Token token) {
    String lower = token.lower();
    switch (token.tag()) {
      case "ADJ" -> add(Feature.ADJECTIVES);
      case "NOUN" -> add(Feature.NOUNS);
      case "VERB" -> add(Feature.VERBS);
      case "PRON" -> add(Feature.PRONOUNS);
      case "ADV" -> add(Feature.ADVERBS);
      case "ADP" -> add(Feature.PREPOSITIONS);
      case "PROPN" -> {
        add(Feature.NAMES);
        names.add(lower);
      }
      default -> {}
    }
    if (token.is("VERB") && lower.endsWith("ing")) {
      add(Feature.PROGRESSIVE);
    }
    if (FIRST_PERSON.contains(lower)) {
      add(Feature.FIRST_PERSON);
    } else if (SECOND_PERSON.contains(lower)) {
      add(Feature.SECOND_PERSON);
    } else if (THIRD_PERSON.contains(lower)) {
      add(Feature.THIRD_PERSON);
    }
    vocabulary.sense(token).map(Feature::of).ifPresent(this::add);
    groups(token);
  }

  private void groups(Token token) {
    boolean seen = false;
    for (Group group : vocabulary.groups(token.lower())) {
      add(Feature.of(group));
      seen |= group.visible();
      moving += group == Group.MOTION ? 1 : 0;
    }
    if (seen) {
      visible++;
      if (token.is("NOUN")) {
        add(Feature.VISIBLE_NOUNS);
      }
    }
  }

  private void company(List<Token> tokens, int i) {
    if (i + 1 == tokens.size()) {
      return;
    }
    Token token = tokens.get(i);
    Token next = tokens.get(i + 1);
    if (token.is("ADJ") && next.is("NOUN") && vocabulary.visible(next.lower())) {
      add(Feature.PAINTED_NOUNS);
    }
    if (token.lower().equals("there") && BEING.contains(next.lower())) {
      add(Feature.EXISTENTIAL);
    }
  }

  private void opening(List<Token> tokens) {
    Token first = tokens.getFirst();
    if (!first.quoted() && vocabulary.groups(first.lower()).contains(Group.LOCATIVE)) {
      counts.set(Feature.LOCATIVE_OPENING, 1);
    }
  }

  private Features values(List<Sentence> run, boolean framed) {
    words = narrated + quoted;
    Features values = new Features();
    for (Feature feature : Feature.values()) {
      values.set(feature, value(feature));
    }
    values.set(Feature.NARRATION, StrictMath.log1p(narrated));
    values.set(Feature.QUOTED, StrictMath.log1p(quoted));
    values.set(Feature.DIALOGUE, words == 0 ? 0 : (double) quoted / words);
    values.set(Feature.VISIBLE_SHARE, narrated == 0 ? 0 : (double) visible / narrated);
    values.set(
        Feature.SENTENCE_LENGTH, StrictMath.log1p((double) narrated / Math.max(1, sentences)));
    values.set(Feature.DENSEST, StrictMath.log1p(densest));
    values.set(Feature.LIVELIEST, StrictMath.log1p(liveliest));
    values.set(Feature.DIFFERENT_NAMES, StrictMath.log1p(names.size()));
    values.set(Feature.HEADING, heading(run) ? 1 : 0);
    values.set(Feature.FRAMED, framed ? 1 : 0);
    return values;
  }

  private double value(Feature feature) {
    double count = counts.value(feature);
    return switch (feature) {
      case ADJECTIVES,
          NOUNS,
          VERBS,
          PRONOUNS,
          ADVERBS,
          PREPOSITIONS,
          NAMES,
          PROGRESSIVE,
          FIRST_PERSON,
          THIRD_PERSON ->
          narrated == 0 ? 0 : count / narrated;
      case COMMAS -> words == 0 ? 0 : count / words;
      case LOCATIVE_OPENING -> count;
      default -> StrictMath.log1p(count);
    };
  }

  private boolean heading(List<Sentence> run) {
    if (run.isEmpty() || words > 12) {
      return run.isEmpty();
    }
    String last = run.getLast().tokens().getLast().text();
    return Character.isLetterOrDigit(last.codePointAt(0));
  }

  private void add(Feature feature) {
    counts.increment(feature);
  }
}
