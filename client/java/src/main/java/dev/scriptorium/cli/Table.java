package dev.scriptorium.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings, aligned. In a terminal the longest cells give way until all fits; where that
 * is not enough, whole columns are left out.
 */
final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 6;

  // Columns that can be missed go before others become unreadable.
  private static final int READABLE = 12;

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param headings a leading {@code >} aligns a column to the right, a leading {@code *} lets it
   *     shrink, and a {@code -} before these leaves it out where there is no room, the last such
   *     column first
   */
  Table(String... headings) {
    columns = List.of(headings).stream().map(Column::parse).toList();
  }

  /** Adds a row with a cell for every column. */
  void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns");
    }
    rows.add(List.of(cells).stream().map(Cells::clean).toList());
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void print(PrintWriter out, Terminal terminal) {
    int[] widths = widths();
    boolean[] shown = new boolean[widths.length];
    Arrays.fill(shown, true);
    if (terminal.out()) {
      leaveOut(widths, shown, terminal.columns());
      shrink(widths, shown, terminal.columns());
    }
    List<String> headings = columns.stream().map(Column::heading).toList();
    out.println(terminal.outStyle().bold(line(headings, widths, shown)));
    rows.forEach(row -> out.println(line(row, widths, shown)));
  }

  private void leaveOut(int[] widths, boolean[] shown, int available) {
    for (int i = widths.length - 1; i >= 0; i--) {
      if (columns.get(i).optional() && least(widths, shown) > available) {
        shown[i] = false;
      }
    }
  }

  /** Cells needed, when all that may shrink has done so as far as it is still readable. */
  private int least(int[] widths, boolean[] shown) {
    int total = -GAP;
    for (int i = 0; i < widths.length; i++) {
      int width = columns.get(i).shrinks() ? Math.min(widths[i], READABLE) : widths[i];
      total += shown[i] ? GAP + width : 0;
    }
    return total;
  }

  private int[] widths() {
    int[] widths = columns.stream().mapToInt(column -> Cells.width(column.heading())).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Cells.width(row.get(i)));
      }
    }
    return widths;
  }

  private void shrink(int[] widths, boolean[] shown, int available) {
    int total = -GAP;
    for (int i = 0; i < widths.length; i++) {
      total += shown[i] ? GAP + widths[i] : 0;
    }
    while (total > available) {
      int widest = widest(widths, shown);
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  /** The widest column that may still shrink; -1 when there is none. */
  private int widest(int[] widths, boolean[] shown) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean may = shown[i] && columns.get(i).shrinks() && widths[i] > NARROWEST;
      if (may && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<String> cells, int[] widths, boolean[] shown) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (shown[i]) {
        line.append(line.isEmpty() ? "" : " ".repeat(GAP));
        line.append(
            columns.get(i).right()
                ? Cells.right(cells.get(i), widths[i])
                : Cells.padded(cells.get(i), widths[i]));
      }
    }
    return line.toString().stripTrailing();
  }

  private record Column(String heading, boolean right, boolean shrinks, boolean optional) {
    static Column parse(String text) {
      boolean optional = text.startsWith("-");
      String rest = optional ? text.substring(1) : text;
      boolean right = rest.startsWith(">");
      boolean shrinks = rest.startsWith("*");
      return new Column(right || shrinks ? rest.substring(1) : rest, right, shrinks, optional);
    }
  }
}
