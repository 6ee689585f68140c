package dev.scriptorium.plugin.analysis.facts;

import dev.scriptorium.plugin.Facts.Readability;
import dev.scriptorium.plugin.TextCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Published formulas of readability, each by its name and with its own constants. Pure. */
final class Formulas {
  private Formulas() {}

  /**
   * What the formulas for a language give.
   *
   * @param language primary subtag; empty when unknown
   * @return in a fixed order; none for a text without words
   */
  static List<Readability> of(TextCounts counts, String language) {
    if (counts.words() == 0 || counts.sentences() == 0) {
      return List.of();
    }
    double length = (double) counts.words() / counts.sentences();
    double syllables = (double) counts.syllables() / counts.words();
    List<Readability> values = new ArrayList<>();
    values.add(value("LIX", lix(counts)));
    // Anderson 1983.
    values.add(value("RIX", (double) counts.longWords() / counts.sentences()));
    switch (language) {
      case "en" -> english(counts, length, syllables, values);
      // Amstad 1978.
      case "de" -> values.add(value("AMSTAD", 180 - length - 58.5 * syllables));
      // Kandel and Moles 1958.
      case "fr" -> values.add(value("KANDEL_MOLES", 207 - 1.015 * length - 73.6 * syllables));
      // Fernández Huerta 1959.
      case "es" -> values.add(value("FERNANDEZ_HUERTA", 206.84 - 60 * syllables - 1.02 * length));
      // Lucisano and Piemontese 1988.
      case "it" ->
          values.add(
              value(
                  "GULPEASE",
                  89 + (300.0 * counts.sentences() - 10.0 * counts.letters()) / counts.words()));
      // Douma 1960.
      case "nl" -> values.add(value("DOUMA", 206.84 - 77 * syllables - 0.93 * length));
      default -> {
        // LIX and RIX alone are for any language.
      }
    }
    return values;
  }

  private static void english(
      TextCounts counts, double length, double syllables, List<Readability> values) {
    double words = counts.words();
    double hard = counts.manySyllables();
    // Flesch 1948; Kincaid and others 1975.
    values.add(value("FLESCH_READING_EASE", 206.835 - 1.015 * length - 84.6 * syllables));
    values.add(value("FLESCH_KINCAID_GRADE", 0.39 * length + 11.8 * syllables - 15.59));
    // Gunning 1952.
    values.add(value("GUNNING_FOG", 0.4 * (length + 100 * hard / words)));
    // McLaughlin 1969.
    values.add(value("SMOG_GRADE", 3.1291 + 1.043 * Math.sqrt(hard * 30.0 / counts.sentences())));
    // Coleman and Liau 1975.
    values.add(
        value(
            "COLEMAN_LIAU_INDEX",
            5.88 * counts.letters() / words - 29.6 * counts.sentences() / words - 15.8));
    // Smith and Senter 1967.
    values.add(
        value(
            "AUTOMATED_READABILITY_INDEX", 4.71 * counts.letters() / words + 0.5 * length - 21.43));
  }

  /** LIX as a difficulty of 0 to 100; empty for a text without words. */
  static OptionalDouble difficulty(TextCounts counts) {
    return counts.words() == 0 || counts.sentences() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(rounded(Math.clamp(lix(counts), 0, 100)));
  }

  // Björnsson 1968.
  private static double lix(TextCounts counts) {
    return (double) counts.words() / counts.sentences()
        + 100.0 * counts.longWords() / counts.words();
  }

  private static Readability value(String formula, double value) {
    return new Readability(formula, rounded(value));
  }

  // More digits than anybody can make use of, and none that hangs on the order of additions.
  private static double rounded(double value) {
    return Math.rint(value * 100) / 100;
  }
}
