package dev.scriptorium.loadtest.parse;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.plugin.epub.EpubHandler;
import dev.scriptorium.plugin.pdf.PdfHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the same books with everything there is, in turns. */
record SpeedPart(
    Books books, Path folder, int warmup, int measured, Report page, Verdicts verdicts) {
  private static final int TOOL_PASSES = 3;

  void run() throws IOException, InterruptedException {
    epub();
    pdf();
  }

  private void epub() throws IOException, InterruptedException {
    PluginPass one =
        new PluginPass("ours, one thread", "application/epub+zip", EpubHandler::new, 1, folder);
    PluginPass two =
        new PluginPass("ours, two threads", "application/epub+zip", EpubHandler::new, 2, folder);
    List<Contender.Timing> timings =
        Contender.race(
            List.of(new AaltoLoop(), one, two, new TikaText()), books.epubs(), warmup, measured);
    long characters = timings.getFirst().count();
    Table table = Table.of("EPUB, all books", "contender", "s", "M characters/s");
    // All read the same text: the floor's count of it is the measure for all.
    timings.forEach(timing -> row(table, timing, characters / 1e6));
    tools(List.of(new Tool(List.of("pandoc", "-t", "plain"), List.of())), books.epubs(), table);
    page.table(table);
    verdicts.atLeast("EPUB, times the bare loop", 0.6, ratio(timings.get(0), timings.get(1)));
    verdicts.atLeast("EPUB, two threads to one", 1.7, ratio(timings.get(1), timings.get(2)));
    firstChapter("EPUB", 50, one);
  }

  private void pdf() throws IOException, InterruptedException {
    PluginPass ours =
        new PluginPass("ours, one thread", "application/pdf", () -> new PdfHandler(1), 1, folder);
    List<Contender.Timing> timings =
        Contender.race(List.of(new RawPdfBox(), ours), books.pdfs(), warmup, measured);
    long pages = timings.getFirst().count();
    Table table = Table.of("PDF, all books but the big one", "contender", "s", "pages/s");
    timings.forEach(timing -> row(table, timing, (double) pages));
    tools(
        List.of(
            new Tool(List.of("pdftotext"), List.of("-")),
            new Tool(List.of("mutool", "draw", "-q", "-F", "text"), List.of())),
        books.pdfs(),
        table);
    page.table(table);
    verdicts.atLeast("PDF, times raw PDFBox", 1.15, ratio(timings.get(0), timings.get(1)));
    for (int i = 0; i < warmup + measured; i++) {
      long _ = ours.pass(List.of(books.bigPdf()));
    }
    firstChapter("PDF", 150, ours);
  }

  private void firstChapter(String format, double goalMillis, PluginPass ours) {
    PluginPass.FirstChapter slowest = ours.slowestFirstChapter();
    page.text(format + ", last to give its first chapter: " + slowest.file().getFileName());
    verdicts.atMost(format + ", first chapter, ms", goalMillis, slowest.millis());
  }

  private void tools(List<Tool> tools, List<Path> files, Table table)
      throws IOException, InterruptedException {
    List<Tool> installed = new ArrayList<>();
    for (Tool tool : tools) {
      if (tool.installed()) {
        installed.add(tool);
      } else {
        page.text(tool.program() + " is not installed: left out.");
      }
    }
    for (Contender.Timing timing : Contender.race(installed, files, 0, TOOL_PASSES)) {
      table.row(timing.name(), timing.medianSeconds(), "-");
    }
  }

  private static void row(Table table, Contender.Timing timing, double amount) {
    table.row(timing.name(), timing.medianSeconds(), amount / timing.medianSeconds());
  }

  private static double ratio(Contender.Timing slow, Contender.Timing fast) {
    return slow.medianSeconds() / fast.medianSeconds();
  }
}
