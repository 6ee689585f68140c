package dev.scriptorium.plugin;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Figures of a chapter or a book.
 *
 * @param language BCP 47, by the text itself where it says it clearly, else as the book states;
 *     empty when unknown
 * @param counts what was counted
 * @param readingSeconds time that a practised reader of the language takes
 * @param difficulty 0, easy, to 100; empty where it cannot be measured
 * @param readability by published formulas, those that were made for the language
 * @param keywords the most telling first
 */
public record Facts(
    String language,
    TextCounts counts,
    long readingSeconds,
    OptionalDouble difficulty,
    List<Readability> readability,
    List<Keyword> keywords) {

  /** Checks the ranges and copies the lists. */
  public Facts {
    readability = List.copyOf(readability);
    keywords = List.copyOf(keywords);
    double measured = difficulty.orElse(0);
    if (readingSeconds < 0 || !(measured >= 0 && measured <= 100)) {
      throw new IllegalArgumentException(readingSeconds + " s, difficulty " + measured);
    }
  }

  /**
   * What a formula gives.
   *
   * @param formula its name, UPPER_SNAKE, for example {@code FLESCH_READING_EASE}
   * @param value finite; its meaning is the formula's
   */
  public record Readability(String formula, double value) {
    /** Checks the value. */
    public Readability {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(formula + " is " + value);
      }
    }
  }

  /**
   * A word that says what a text is about.
   *
   * @param word in lower case
   * @param count how often it stands there, at least 1
   */
  public record Keyword(String word, int count) {
    /** Checks the count. */
    public Keyword {
      if (word.isEmpty() || count < 1) {
        throw new IllegalArgumentException("keyword '" + word + "' " + count + " times");
      }
    }
  }
}
