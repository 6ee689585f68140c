package dev.scriptorium.loadtest.parse;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One big PDF in a process that may use one processor, and in one that may use all. */
record BigFilePart(Path file, WorkerTrial trial, int measured, Report page, Verdicts verdicts) {
  private static final Tool TASKSET = new Tool(List.of("taskset", "-c", "0"), List.of());
  private static final int WARMUP = 3;

  void run() throws IOException, InterruptedException {
    if (!TASKSET.installed()) {
      page.text("taskset is not installed: one big file on two cores is left out.");
      return;
    }
    double one = trial.medianPassMillis(TASKSET.command(), file, WARMUP, measured);
    double all = trial.medianPassMillis(List.of(), file, WARMUP, measured);
    page.table(
        Table.of("One big PDF: " + file.getFileName(), "processors", "ms")
            .row("one", one)
            .row("all", all));
    verdicts.atLeast("PDF, one big file, all cores to one", 1.6, one / all);
  }
}
