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

  /** Lines whose ends differ by no more than this, in points, end at one edge. */
  private static final float SAME_EDGE = 1.5f;

  /** Share of the lines of a block that end at its edge, its last one not counted. */
  private static final float JUSTIFIED_SHARE = 0.8f;

  /** Lines of running text differ by less in how many letters they have. */
  private static final float UNEVEN = 1.25f;

  /** Mean width of letters and spaces, in font sizes, beyond which cells of a table are apart. */
  private static final float WIDEST = 0.62f;

  /** By as little as this, in font sizes, differ mean widths when letters have one width. */
  private static final float ALIKE = 0.004f;

  private static final char FIRST_WIDE = '\u1100';

  private final Typography typography;
  private float lastLeft = Float.NaN;
  private float lastRight = Float.NaN;

  /**
   * A line with the edges of its column.
   *
   * @param right of a block within it, when the line is of one that is set in from both sides
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
    float[] rights = insetEdges(column, left, right);
    for (int i = 0; i < starts.length; i++) {
      boolean beforeFlush = i + 1 < starts.length && !isIndented(column.get(i + 1), left);
      placed.add(new Placed(column.get(i), left, rights[i], i == 0, beforeFlush));
    }
  }

  /** The edge at which each line ends: of its own block where that is set in from both sides. */
  private static float[] insetEdges(List<Line> column, float left, float right) {
    float[] edges = new float[column.size()];
    Arrays.fill(edges, right);
    int start = 0;
    for (int i = 1; i <= edges.length; i++) {
      if (i == edges.length || Math.abs(column.get(i).x() - column.get(start).x()) > SAME_EDGE) {
        if (isIndented(column.get(start), left)) {
          Arrays.fill(edges, start, i, insetEdge(column.subList(start, i), left, right));
        }
        start = i;
      }
    }
    return edges;
  }

  /**
   * Where most lines of a block end, so that it is neither verse nor table; the column's edge when
   * they do not, or the block is narrow.
   */
  private static float insetEdge(List<Line> block, float left, float right) {
    float[] ends = new float[block.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = -block.get(i).endX();
    }
    float edge = -edge(ends);
    boolean furthest = -ends[0] - edge <= 0.5f * block.getFirst().size();
    boolean wide = edge - block.getFirst().x() >= (right - left) / 2;
    int justified = 0;
    for (float end : ends) {
      justified += Math.abs(edge + end) <= SAME_EDGE ? 1 : 0;
    }
    boolean isBlock =
        wide
            && furthest
            && ends.length > 2
            && justified >= JUSTIFIED_SHARE * (ends.length - 1)
            && isFilled(block);
    return isBlock ? edge : right;
  }

  /**
   * True when the lines, but for the last, have about as many letters, whose widths differ: not so
   * in rows of tables, nor in lines of programs.
   */
  private static boolean isFilled(List<Line> block) {
    int fewest = Integer.MAX_VALUE;
    int most = 0;
    float narrowest = Float.MAX_VALUE;
    float widest = 0;
    boolean eastAsian = false;
    for (Line line : block.subList(0, block.size() - 1)) {
      int letters = halfWidths(line.text());
      float width = (line.endX() - line.x()) / letters / line.size();
      fewest = Math.min(fewest, letters);
      most = Math.max(most, letters);
      narrowest = Math.min(narrowest, width);
      widest = Math.max(widest, width);
      eastAsian |= letters > line.text().length();
    }
    boolean program = widest - narrowest < ALIKE && !eastAsian;
    return most <= UNEVEN * fewest && widest <= WIDEST && !program;
  }

  /** Letters of a text; those of East Asian scripts, which are twice as wide, count twice. */
  private static int halfWidths(String text) {
    int letters = text.length();
    for (int i = 0; i < text.length(); i++) {
      letters += text.charAt(i) >= FIRST_WIDE ? 1 : 0;
    }
    return letters;
  }

  private static boolean isIndented(Line line, float left) {
    return line.x() - left > 0.5f * line.size();
  }

  /** The smallest value that another one comes near, so that a single outlier is no edge. */
  private static float edge(float[] values) {
    Arrays.sort(values);
    for (int i = 0; i + 1 < values.length; i++) {
      if (values[i + 1] - values[i] <= SAME_EDGE) {
        return values[i + 1];
      }
    }
    return values[0];
  }
}
