package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import java.util.Optional;

/** Judges the paragraphs of one slice. For one thread. */
interface ParagraphJudge {
  /** Name of this plugin. */
  String PLUGIN = "scriptorium";

  /**
   * Judges a paragraph with at least one sentence.
   *
   * @return empty when it describes nothing
   */
  Optional<Judgement> judge(Paragraph paragraph);

  /** True when it did not judge as well as it could. */
  boolean degraded();

  /** What was done so far, and how. */
  AnalysisRun run();
}
