package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.AnalysisRun.MemberRun;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.analysis.members.Features;
import dev.scriptorium.plugin.analysis.members.LinearJudge;
import dev.scriptorium.plugin.analysis.members.Measurement;
import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Mode;
import dev.scriptorium.plugin.analysis.members.Opinion;
import dev.scriptorium.plugin.analysis.members.Output;
import dev.scriptorium.plugin.analysis.members.Vocabulary;
import dev.scriptorium.plugin.analysis.members.WeightTable;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
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
  private final Mode mode;
  private final String weights;
  private final LongSupplier nanoTime;
  private long judged;
  private long nanos;

  /**
   * @param mode how the members were to work together, had there been more than one
   * @param nanoTime tells how long it thinks
   */
  ShapeJudge(WeightTable table, Mode mode, LongSupplier nanoTime) {
    this.judge = new LinearJudge(table, NAME);
    this.mode = mode;
    this.weights = table.version();
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<Judgement> judge(Paragraph paragraph) {
    Features features = Measurement.of(paragraph, none);
    long began = nanoTime.getAsLong();
    Opinion opinion = judge.judge(features);
    nanos += nanoTime.getAsLong() - began;
    judged++;
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

  @Override
  public AnalysisRun run() {
    MemberRun shape =
        new MemberRun(Member.SHAPE.name(), 1, judged, Duration.ofNanos(Math.max(0, nanos)), false);
    return new AnalysisRun(
        PLUGIN, mode.name(), weights, judged, List.of(shape), List.of("LANGUAGE"));
  }

  private static boolean named(Paragraph paragraph) {
    Predicate<Token> name = token -> token.word() && !token.quoted() && token.capitalised();
    return paragraph.sentences().stream()
        .anyMatch(sentence -> sentence.tokens().stream().skip(1).anyMatch(name));
  }
}
