package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sees a page's lines as columns, and gives each line the edges of the column it stands in. A
 * column is a run of lines, in drawing order, that goes down the page. Not thread-safe: an edge is
 * carried over to the next column when that is too short to show its own.
 */
final class PageLayout {
  /** A column with fewer lines takes the edges of the one before, when they are near. */
  private static final int TELLING_LINES = 4;

  private static final float NEAR = 40;

  private final Typography typography;
  private float lastLeft = Float.NaN;
  private float lastRight = Float.NaN;

  /**
   * A line with the edges of its column.
   *
   * @param startsColumn true for the first line of a column
   * @param beforeFlush true when the next line of the column begins at the edge
   */
  record Placed(Line line, float left, float right, boolean startsColumn, boolean beforeFlush) {
    /** True when the line begins clearly right of its column's edge. */
    boolean indented() {
      return isIndented(line, left);
    }

    /** Space between the line's end and the column's edge; below 0 when it protrudes. */
    float room() {
      return right - line.endX();
    }
  }

  PageLayout(Typography typography) {
    this.typography = typography;
  }

  /** Places the lines of a page; same order, same number. */
  List<Placed> place(List<Line> lines) {
    List<Placed> placed = new ArrayList<>(lines.size());
    int start = 0;
    for (int i = 1; i <= lines.size(); i++) {
      if (i == lines.size() || goesUp(lines.get(i - 1), lines.get(i))) {
        placeColumn(lines.subList(start, i), placed);
        start = i;
      }
    }
    return placed;
  }

  private boolean goesUp(Line before, Line line) {
    return line.y() < before.y() - 1.5f * typography.leading();
  }

  private void placeColumn(List<Line> column, List<Placed> placed) {
    float[] starts = new float[column.size()];
    float[] ends = new float[column.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = column.get(i).x();
      ends[i] = -column.get(i).endX();
    }
    float left = edge(starts);
    float right = -edge(ends);
    if (starts.length < TELLING_LINES) {
      left = Math.abs(left - lastLeft) < NEAR ? Math.min(left, lastLeft) : left;
      right = right < lastRight && left >= lastLeft - NEAR ? lastRight : right;
    } else {
      lastLeft = left;
      lastRight = right;
    }
    for (int i = 0; i < starts.length; i++) {
      boolean beforeFlush = i + 1 < starts.length && !isIndented(column.get(i + 1), left);
      placed.add(new Placed(column.get(i), left, right, i == 0, beforeFlush));
    }
  }

  private static boolean isIndented(Line line, float left) {
    return line.x() - left > 0.5f * line.size();
  }

  /** The smallest value that another one comes near, so that a single outlier is no edge. */
  private static float edge(float[] values) {
    Arrays.sort(values);
    for (int i = 0; i + 1 < values.length; i++) {
      if (values[i + 1] - values[i] <= 1.5f) {
        return values[i + 1];
      }
    }
    return values[0];
  }
}
