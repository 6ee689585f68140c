package dev.scriptorium.positions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds where a pattern stands in a text with few characters changed, left out or put in: the
 * bit-vector algorithm of Myers, 64 characters of the pattern a step. Takes time in proportion to
 * the text's length and a 64th of the pattern's, whatever they hold. Not thread-safe.
 */
final class ApproximateSearch {
  /** Longest pattern, in UTF-16 units. */
  static final int MAX_PATTERN = 512;

  private static final long TOP = 1L << 63;

  private final int length;
  private final int blocks;
  private final long last;

  /**
   * Number of each character's row in {@link #equal}; 0 for those that the pattern does not have.
   */
  private final short[] rows = new short[Character.MAX_VALUE + 1];

  /** For each character and block the places in the pattern where it stands. */
  private final long[] equal;

  private final long[] plus;
  private final long[] minus;

  /**
   * @param pattern 1 to {@link #MAX_PATTERN} characters
   */
  ApproximateSearch(String pattern) {
    length = pattern.length();
    if (length == 0 || length > MAX_PATTERN) {
      throw new IllegalArgumentException("a pattern of " + length + " characters");
    }
    blocks = (length + 63) / 64;
    last = 1L << ((length - 1) % 64);
    plus = new long[blocks];
    minus = new long[blocks];
    long[] table = new long[(length + 1) * blocks];
    short known = 0;
    for (int i = 0; i < length; i++) {
      char c = pattern.charAt(i);
      if (rows[c] == 0) {
        rows[c] = ++known;
      }
      table[rows[c] * blocks + i / 64] |= 1L << (i % 64);
    }
    equal = table;
  }

  /**
   * A place where the pattern ends.
   *
   * @param index in the text, after the last character
   * @param errors characters to be changed, left out or put in
   */
  record End(int index, int errors) {}

  /**
   * Places where the pattern ends, each the best of those near it.
   *
   * @param maxErrors places with more are none
   * @param most number of places at most; the best are kept
   */
  List<End> ends(String text, int maxErrors, int most) {
    Arrays.fill(plus, -1L);
    Arrays.fill(minus, 0);
    List<End> found = new ArrayList<>();
    int errors = length;
    for (int i = 0; i < text.length(); i++) {
      errors += step(rows[text.charAt(i)] * blocks);
      if (errors <= maxErrors) {
        add(new End(i + 1, errors), found, most);
      }
    }
    return found;
  }

  private void add(End end, List<End> found, int most) {
    End before = found.isEmpty() ? null : found.getLast();
    if (before != null && end.index - before.index <= length / 2) {
      if (end.errors < before.errors) {
        found.set(found.size() - 1, end);
      }
      return;
    }
    if (found.size() == most) {
      End worst = found.stream().max(Comparator.comparingInt(End::errors)).orElseThrow();
      if (worst.errors <= end.errors) {
        return;
      }
      found.remove(worst);
    }
    found.add(end);
  }

  /** Takes the next character; how the errors at the pattern's end change. */
  private int step(int row) {
    int carry = 0;
    for (int block = 0; block < blocks; block++) {
      long same = equal[row + block];
      long up = plus[block];
      long down = minus[block];
      long vertical = same | down;
      same |= carry < 0 ? 1 : 0;
      long horizontal = (((same & up) + up) ^ up) | same;
      long more = down | ~(horizontal | up);
      long less = up & horizontal;
      long top = block == blocks - 1 ? last : TOP;
      int out = (more & top) != 0 ? 1 : (less & top) != 0 ? -1 : 0;
      more = more << 1 | (carry > 0 ? 1 : 0);
      less = less << 1 | (carry < 0 ? 1 : 0);
      plus[block] = less | ~(vertical | more);
      minus[block] = more & vertical;
      carry = out;
    }
    return carry;
  }
}
