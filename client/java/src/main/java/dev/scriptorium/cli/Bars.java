package dev.scriptorium.cli;

import java.util.List;

/** Numbers as bars of text: blocks where the locale can show them, else plain marks. */
record Bars(boolean unicode) {
  private static final String HEIGHTS = "▁▂▃▄▅▆▇█";
  private static final String LEVELS = "_.:-=+*#";

  /** A bar of at most {@code cells}, at least one where there is anything. */
  String bar(long value, long most, int cells) {
    if (value <= 0 || most <= 0) {
      return "";
    }
    int length = (int) Math.max(1, Math.round((double) cells * value / most));
    return (unicode ? "█" : "#").repeat(Math.min(cells, length));
  }

  /** {@code ●●●●○} for a value of 0 to 100. */
  String rating(int value) {
    int full = (int) Math.round(value / 20.0);
    return (unicode ? "●" : "*").repeat(full) + (unicode ? "○" : ".").repeat(5 - full);
  }

  /**
   * Values side by side, each as high as it is against the highest.
   *
   * @param cells most to take: where there are more values, neighbours are added up
   */
  String curve(List<Integer> values, int cells) {
    int columns = Math.min(cells, values.size());
    int[] sums = new int[columns];
    int most = 1;
    for (int i = 0; i < values.size(); i++) {
      int column = (int) ((long) i * columns / values.size());
      sums[column] += values.get(i);
      most = Math.max(most, sums[column]);
    }
    StringBuilder curve = new StringBuilder();
    String marks = unicode ? HEIGHTS : LEVELS;
    for (int sum : sums) {
      curve.append(sum == 0 ? ' ' : marks.charAt((sum * marks.length() - 1) / most));
    }
    return curve.toString();
  }
}
