package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.analysis.members.LinearJudge;
import dev.scriptorium.plugin.analysis.members.Measurement;
import dev.scriptorium.plugin.analysis.members.Opinion;
import dev.scriptorium.plugin.analysis.members.Output;
import dev.scriptorium.plugin.analysis.members.Vocabulary;
import dev.scriptorium.plugin.analysis.members.WeightTable;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Judges any language by length, quotations and punctuation. It cannot see what is described: a
 * paragraph that names somebody or something in mid-sentence is taken for a character, any other
 * for a place.
 */
final class ShapeJudge implements ParagraphJudge {
  /** Rows of the table: the shape as it is measured without models. */
  static final String NAME = "plain";

  private static final double THRESHOLD = 0.5;

  private final Vocabulary none = Vocabulary.none();
  private final LinearJudge judge;

  ShapeJudge(WeightTable table) {
    this.judge = new LinearJudge(table, NAME);
  }

  @Override
  public Optional<Judgement> judge(Paragraph paragraph) {
    Opinion opinion = judge.judge(Measurement.of(paragraph, none));
    double confidence = opinion.probability(Output.DESCRIPTION);
    if (confidence < THRESHOLD) {
      return Optional.empty();
    }
    return Optional.of(
        new Judgement(
            List.of(named(paragraph) ? Passage.Type.CHARACTER : Passage.Type.LOCATION),
            confidence,
            opinion.priority(),
            List.of("LONG_NARRATION", "LANGUAGE_WITHOUT_MODELS")));
  }

  @Override
  public boolean degraded() {
    return true;
  }

  private static boolean named(Paragraph paragraph) {
    Predicate<Token> name = token -> token.word() && !token.quoted() && token.capitalised();
    return paragraph.sentences().stream()
        .anyMatch(sentence -> sentence.tokens().stream().skip(1).anyMatch(name));
  }
}
