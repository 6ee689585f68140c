package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.analysis.members.Features;
import dev.scriptorium.plugin.analysis.members.Measurement;
import dev.scriptorium.plugin.analysis.members.Opinion;
import dev.scriptorium.plugin.analysis.members.Output;
import dev.scriptorium.plugin.analysis.members.Panel;
import dev.scriptorium.plugin.analysis.members.Vocabulary;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges English by the members of a panel. */
final class PanelJudge implements ParagraphJudge {
  private final Panel panel;
  private final Vocabulary vocabulary;
  private final Reasons reasons;
  private final Map<Passage.Type, Double> furtherTypes;
  private final String weights;

  /**
   * @param furtherTypes least probability of each type where it is not the main one
   * @param weights version of the weights
   */
  PanelJudge(
      Panel panel,
      Vocabulary vocabulary,
      Reasons reasons,
      Map<Passage.Type, Double> furtherTypes,
      String weights) {
    this.panel = panel;
    this.weights = weights;
    this.vocabulary = vocabulary;
    this.reasons = reasons;
    this.furtherTypes = furtherTypes;
  }

  @Override
  public Optional<Judgement> judge(Paragraph paragraph) {
    Features features = Measurement.of(paragraph, vocabulary);
    Panel.Verdict verdict = panel.judge(features);
    if (!verdict.described()) {
      return Optional.empty();
    }
    Opinion opinion = verdict.opinion();
    return Optional.of(
        new Judgement(
            opinion.types(furtherTypes),
            opinion.probability(Output.DESCRIPTION),
            opinion.priority(),
            reasons(paragraph, features)));
  }

  @Override
  public boolean degraded() {
    return panel.degraded();
  }

  @Override
  public AnalysisRun run() {
    List<String> fallbacks = new ArrayList<>(panel.shortages());
    if (panel.degraded()) {
      fallbacks.add("MEMBER_FAILED");
    }
    return new AnalysisRun(
        PLUGIN, panel.mode().name(), weights, panel.judged(), panel.members(), fallbacks);
  }

  private List<String> reasons(Paragraph paragraph, Features features) {
    List<String> named = new ArrayList<>(reasons.of(features));
    if (paragraph.framed()) {
      named.add("FRAMED_NARRATION");
    }
    return named;
  }
}
