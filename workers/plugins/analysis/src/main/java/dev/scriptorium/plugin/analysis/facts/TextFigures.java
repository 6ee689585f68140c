package dev.scriptorium.plugin.analysis.facts;

import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.TextCounts;
import java.util.List;
import java.util.OptionalDouble;

/** Makes figures of what was counted. Pure. */
final class TextFigures {
  private TextFigures() {}

  /**
   * @param language primary subtag; empty when unknown
   */
  static Facts of(String language, TextCounts counts, List<Facts.Keyword> keywords) {
    boolean unspaced = Pace.unspaced(language);
    return new Facts(
        language,
        counts,
        Pace.seconds(counts.words(), language),
        unspaced ? OptionalDouble.empty() : Formulas.difficulty(counts),
        unspaced ? List.of() : Formulas.of(counts, language),
        keywords);
  }
}
