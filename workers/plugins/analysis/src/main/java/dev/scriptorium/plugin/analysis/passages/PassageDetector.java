package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.text.CodePoints;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Sentence;
import dev.scriptorium.plugin.analysis.text.Token;
import dev.scriptorium.plugin.analysis.text.WordLists;
import java.util.List;
import java.util.Optional;

/** Makes passages of the paragraphs that are worth it. Immutable and thread-safe. */
public final class PassageDetector {
  private static final double THRESHOLD = 0.5;
  private static final String WEIGHTS = "passage-weights.txt";

  private final Judge judge;
  private final Excerpt excerpt;

  private PassageDetector(Judge judge, Vocabulary vocabulary) {
    this.judge = judge;
    this.excerpt = new Excerpt(vocabulary);
  }

  /** A detector for English paragraphs with tags. */
  public static PassageDetector english() {
    Vocabulary vocabulary = new Vocabulary(WordLists.load("vocabulary-en.txt"));
    return new PassageDetector(new LearnedJudge(vocabulary, LinearModel.load(WEIGHTS)), vocabulary);
  }

  /** A detector for any language. */
  public static PassageDetector plain() {
    Vocabulary none = Vocabulary.none();
    return new PassageDetector(new ShapeJudge(none, LinearModel.load(WEIGHTS)), none);
  }

  /**
   * The passage of a paragraph, if it has one.
   *
   * @param chapter ordinal
   * @param text of the chapter
   * @param codePoints of the same text
   */
  public Optional<Passage> detect(
      int chapter, String text, CodePoints codePoints, Paragraph paragraph) {
    if (paragraph.sentences().isEmpty()) {
      return Optional.empty();
    }
    Judgement judgement = judge.judge(paragraph);
    if (judgement.confidence() < THRESHOLD) {
      return Optional.empty();
    }
    List<Sentence> run = excerpt.of(paragraph.sentences());
    int start = run.getFirst().start();
    int end = end(run, start);
    if (end == start) {
      return Optional.empty();
    }
    return Optional.of(
        new Passage(
            judgement.type(),
            new TextRange(chapter, codePoints.offset(start), codePoints.offset(end)),
            text.substring(start, end),
            judgement.priority(),
            judgement.confidence(),
            judgement.reasons()));
  }

  /** Where the passage ends: a single sentence longer than a passage may be ends at a token. */
  private static int end(List<Sentence> run, int start) {
    int end = run.getLast().end();
    if (end - start <= Excerpt.LONGEST) {
      return end;
    }
    return run.getFirst().tokens().stream()
        .mapToInt(Token::end)
        .filter(tokenEnd -> tokenEnd - start <= Excerpt.LONGEST)
        .max()
        .orElse(start);
  }
}
