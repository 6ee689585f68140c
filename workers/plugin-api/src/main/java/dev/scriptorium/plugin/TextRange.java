package dev.scriptorium.plugin;

/**
 * A half-open range of a chapter's canonical text.
 *
 * @param chapter ordinal, from 1
 * @param start first code point
 * @param end one past the last; at least {@code start}
 */
public record TextRange(int chapter, int start, int end) {
  /** Checks the order. */
  public TextRange {
    if (chapter < 1 || start < 0 || end < start) {
      throw new IllegalArgumentException(
          "range [%d, %d) of chapter %d".formatted(start, end, chapter));
    }
  }
}
