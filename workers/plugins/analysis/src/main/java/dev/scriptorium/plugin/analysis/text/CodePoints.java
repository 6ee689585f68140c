package dev.scriptorium.plugin.analysis.text;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Turns UTF-16 indices of one text into code point offsets, at the cost of one pass over the text
 * and of memory for its astral characters alone. Immutable.
 */
public final class CodePoints {
  /** Indices of the second halves of surrogate pairs, rising. */
  private final int[] secondHalves;

  private CodePoints(int[] secondHalves) {
    this.secondHalves = secondHalves;
  }

  /** Reads a text. */
  public static CodePoints of(String text) {
    return new CodePoints(
        IntStream.range(1, text.length())
            .filter(
                i ->
                    Character.isLowSurrogate(text.charAt(i))
                        && Character.isHighSurrogate(text.charAt(i - 1)))
            .toArray());
  }

  /**
   * Number of code points before an index.
   *
   * @param index from 0 to the text's length; not inside a surrogate pair
   */
  public int offset(int index) {
    int found = Arrays.binarySearch(secondHalves, index);
    return index - (found >= 0 ? found : -found - 1);
  }
}
