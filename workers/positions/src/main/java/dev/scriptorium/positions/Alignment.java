package dev.scriptorium.positions;

/**
 * A pattern laid beside the part of a text that is most like it, which ends at a known place.
 * Quadratic: patterns are short. Not thread-safe.
 */
final class Alignment {
  private final String pattern;
  private final String text;
  private final int first;
  private final int width;

  /** Errors between each begin of the pattern and the text up to each place. */
  private final short[] errors;

  /** For each index in the pattern the first and the last index in the text beside it. */
  private final int[] lows;

  private final int[] highs;

  /**
   * @param end where the pattern ends in the text
   * @param maxErrors as {@link ApproximateSearch} found it
   */
  Alignment(String pattern, String text, int end, int maxErrors) {
    this.pattern = pattern;
    this.text = text;
    first = Math.max(0, end - pattern.length() - maxErrors);
    width = end - first + 1;
    errors = new short[(pattern.length() + 1) * width];
    lows = new int[pattern.length() + 1];
    highs = new int[pattern.length() + 1];
    fill();
    trace();
  }

  /** How far two short texts are the same: 1 when they are, 0 when they have nothing in common. */
  static double likeness(String one, String other) {
    if (one.equals(other)) {
      return 1;
    }
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int both = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(both, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return 1 - (double) row[other.length()] / Math.max(one.length(), other.length());
  }

  /** Where in the text a part of the pattern begins that begins at this index. */
  int begin(int index) {
    return first + highs[index];
  }

  /** Where in the text a part of the pattern ends that ends before this index. */
  int end(int index) {
    return first + lows[index];
  }

  /** Errors within a part of the pattern. */
  int errors(int from, int to) {
    return errors[to * width + lows[to]] - errors[from * width + highs[from]];
  }

  private void fill() {
    for (int i = 1; i <= pattern.length(); i++) {
      char wanted = pattern.charAt(i - 1);
      errors[i * width] = (short) i;
      for (int j = 1; j < width; j++) {
        int both = errors[(i - 1) * width + j - 1];
        both += wanted == text.charAt(first + j - 1) ? 0 : 1;
        int one = Math.min(errors[(i - 1) * width + j], errors[i * width + j - 1]) + 1;
        errors[i * width + j] = (short) Math.min(both, one);
      }
    }
  }

  private void trace() {
    int i = pattern.length();
    int j = width - 1;
    highs[i] = j;
    lows[i] = j;
    while (i > 0) {
      int here = errors[i * width + j];
      boolean same = j > 0 && pattern.charAt(i - 1) == text.charAt(first + j - 1);
      if (j > 0 && errors[(i - 1) * width + j - 1] + (same ? 0 : 1) == here) {
        i--;
        j--;
        highs[i] = j;
      } else if (errors[(i - 1) * width + j] + 1 == here) {
        i--;
        highs[i] = j;
      } else {
        j--;
      }
      lows[i] = j;
    }
  }
}
