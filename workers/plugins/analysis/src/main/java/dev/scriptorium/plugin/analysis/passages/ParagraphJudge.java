package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.analysis.text.Paragraph;
import java.util.Optional;

/** Judges the paragraphs of one slice. For one thread. */
interface ParagraphJudge {
  /**
   * Judges a paragraph with at least one sentence.
   *
   * @return empty when it describes nothing
   */
  Optional<Judgement> judge(Paragraph paragraph);

  /** True when it did not judge as well as it could. */
  boolean degraded();
}
