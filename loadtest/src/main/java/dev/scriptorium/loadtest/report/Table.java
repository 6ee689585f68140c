package dev.scriptorium.loadtest.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Rows of cells under a caption. Numbers stand to the right: whole ones with commas between
 * thousands, others with three significant digits and no exponent. Not thread-safe.
 */
public final class Table implements Report.Part {
  private final String caption;
  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  private Table(String caption, List<String> columns) {
    this.caption = caption;
    this.columns = columns;
  }

  /** An empty table. */
  public static Table of(String caption, String... columns) {
    return new Table(caption, List.of(columns));
  }

  /**
   * Adds a row.
   *
   * @param cells one a column; numbers are formatted, anything else is shown by {@code toString}
   * @throws IllegalArgumentException when there are more or fewer cells than columns
   */
  public Table row(Object... cells) {
    return add(false, cells);
  }

  /** Adds a row that the reader must not miss. */
  public Table badRow(Object... cells) {
    return add(true, cells);
  }

  List<Row> rows() {
    return rows;
  }

  @Override
  public void print(PrintWriter out) {
    out.println();
    out.println(caption);
    int[] widths = new int[columns.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = columns.get(column).length();
      for (Row row : rows) {
        widths[column] = Math.max(widths[column], row.cells().get(column).text().length());
      }
    }
    out.println(line(columns.stream().map(name -> new Cell(name, false)).toList(), widths, " "));
    rows.forEach(row -> out.println(line(row.cells(), widths, row.bad() ? "!" : " ")));
  }

  @Override
  public void append(StringBuilder page) {
    page.append("<table><caption>").append(Html.escape(caption)).append("</caption>\n<tr>");
    columns.forEach(name -> page.append("<th>").append(Html.escape(name)).append("</th>"));
    page.append("</tr>\n");
    for (Row row : rows) {
      page.append(row.bad() ? "<tr class=\"bad\">" : "<tr>");
      for (Cell cell : row.cells()) {
        page.append(cell.number() ? "<td class=\"number\">" : "<td>")
            .append(Html.escape(cell.text()))
            .append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private Table add(boolean bad, Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells in a table of %d columns".formatted(cells.length, columns.size()));
    }
    rows.add(new Row(bad, Arrays.stream(cells).map(Cell::of).toList()));
    return this;
  }

  private static String line(List<Cell> cells, int[] widths, String mark) {
    StringBuilder line = new StringBuilder(mark).append(' ');
    for (int column = 0; column < widths.length; column++) {
      Cell cell = cells.get(column);
      String gap = " ".repeat(widths[column] - cell.text().length());
      line.append(cell.number() ? gap + cell.text() : cell.text() + gap).append("  ");
    }
    return line.toString().stripTrailing();
  }

  /** One row. */
  record Row(boolean bad, List<Cell> cells) {}

  /** One cell, ready to be shown. */
  record Cell(String text, boolean number) {
    static Cell of(Object value) {
      return value instanceof Number number
          ? new Cell(Numbers.format(number), true)
          : new Cell(String.format(Locale.ROOT, "%s", value), false);
    }
  }
}
