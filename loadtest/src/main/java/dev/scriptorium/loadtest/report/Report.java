package dev.scriptorium.loadtest.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A title, the conditions of the run, and any number of paragraphs, tables and plots in the order
 * they were added. Not thread-safe.
 *
 * <pre>{@code
 * Report report =
 *     Report.titled("Queue")
 *         .condition("machine", "2 cores")
 *         .text("Median of five runs.")
 *         .table(Table.of("Throughput", "contender", "jobs/s").row("ours", 81_200))
 *         .plot(Plot.of("Drain", "s", "jobs/s").line("ours", seconds, rates));
 * report.print(out);
 * report.write(Path.of("queue.html"));
 * }</pre>
 */
public final class Report {
  private final String title;
  private final Table conditions = Table.of("Conditions", "condition", "value");
  private final List<Part> parts = new ArrayList<>();

  private Report(String title) {
    this.title = title;
  }

  /** An empty report. */
  public static Report titled(String title) {
    return new Report(title);
  }

  /** Adds something the reader must know to trust or repeat the figures. */
  public Report condition(String name, Object value) {
    conditions.row(name, value);
    return this;
  }

  /** Adds a paragraph of plain text. */
  public Report text(String paragraph) {
    parts.add(new Paragraph(paragraph));
    return this;
  }

  /** Adds a table; rows may still be added to it until the report is written. */
  public Report table(Table table) {
    parts.add(table);
    return this;
  }

  /** Adds a plot. Plots appear in the HTML only. */
  public Report plot(Plot plot) {
    parts.add(plot);
    return this;
  }

  /** Prints everything but the plots as aligned text, and flushes. */
  public void print(PrintWriter out) {
    out.println(title);
    out.println("=".repeat(title.length()));
    if (!conditions.rows().isEmpty()) {
      conditions.print(out);
    }
    parts.forEach(part -> part.print(out));
    out.flush();
  }

  /** Writes one HTML file that needs no other file, no network and no script. */
  public void write(Path file) throws IOException {
    Files.writeString(file, html());
  }

  /** The HTML page. */
  public String html() {
    StringBuilder page = new StringBuilder(HEAD.replace("{title}", Html.escape(title)));
    if (!conditions.rows().isEmpty()) {
      conditions.append(page);
    }
    parts.forEach(part -> part.append(page));
    return page.append("</body></html>\n").toString();
  }

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>{title}</title>
      <style>
      :root { color-scheme: light dark }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
      table { border-collapse: collapse; margin: 1em 0 2em }
      caption { text-align: left; font-weight: 600; padding: .3em 0 }
      th, td { padding: .2em .8em; border-bottom: 1px solid #8885; text-align: left }
      .number { text-align: right; font-variant-numeric: tabular-nums }
      tr.bad { background: #e5484d33 }
      figure { margin: 1em 0 2em }
      figcaption { font-weight: 600 }
      svg { max-width: 100%; height: auto }
      </style></head><body>
      <h1>{title}</h1>
      """;

  /** Something a report is made of. */
  sealed interface Part permits Paragraph, Table, Plot {
    void print(PrintWriter out);

    void append(StringBuilder page);
  }

  private record Paragraph(String text) implements Part {
    @Override
    public void print(PrintWriter out) {
      out.println();
      out.println(text);
    }

    @Override
    public void append(StringBuilder page) {
      page.append("<p>").append(Html.escape(text)).append("</p>\n");
    }
  }
}
