package dev.scriptorium.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, aligned; in a terminal the longest cells give way until all fits. */
final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 6;

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param headings a leading {@code >} aligns a column to the right, a leading {@code *} lets it
   *     shrink
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
    if (terminal.out()) {
      shrink(widths, terminal.columns());
    }
    List<String> headings = columns.stream().map(Column::heading).toList();
    out.println(terminal.outStyle().bold(line(headings, widths)));
    rows.forEach(row -> out.println(line(row, widths)));
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

  private void shrink(int[] widths, int available) {
    int total = (widths.length - 1) * GAP;
    for (int width : widths) {
      total += width;
    }
    while (total > available) {
      int widest = widest(widths);
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  /** The widest column that may still shrink; -1 when there is none. */
  private int widest(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean may = columns.get(i).shrinks() && widths[i] > NARROWEST;
      if (may && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : " ".repeat(GAP));
      line.append(
          columns.get(i).right()
              ? Cells.right(cells.get(i), widths[i])
              : Cells.padded(cells.get(i), widths[i]));
    }
    return line.toString().stripTrailing();
  }

  private record Column(String heading, boolean right, boolean shrinks) {
    static Column parse(String text) {
      boolean right = text.startsWith(">");
      boolean shrinks = text.startsWith("*");
      return new Column(right || shrinks ? text.substring(1) : text, right, shrinks);
    }
  }
}
