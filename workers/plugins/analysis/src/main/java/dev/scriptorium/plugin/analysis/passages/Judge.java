package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.analysis.text.Paragraph;

/** A member of the analysis: an opinion on single paragraphs. Stateless and thread-safe. */
interface Judge {
  /** Judges a paragraph with at least one sentence. */
  Judgement judge(Paragraph paragraph);
}
