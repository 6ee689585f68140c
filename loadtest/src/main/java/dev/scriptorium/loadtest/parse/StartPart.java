package dev.scriptorium.loadtest.parse;

import com.google.gson.JsonObject;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.GeneratedPdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts runners from an AOT cache, one for each reading of a PDF of one page whose fonts are not
 * in the file: the case for which others search the fonts of the machine first.
 */
record StartPart(WorkerTrial trial, Path folder, int measured, Report page, Verdicts verdicts) {
  private static final double FIRST_PAGE_MILLIS = 450;

  /** Starts that do not count: the process that starts runners is warm in a worker. */
  private static final int WARMUP = 5;

  void run() throws IOException, InterruptedException {
    Path pdf = GeneratedPdf.write(folder.resolve("page.pdf"), "Page", 1, 9);
    Path caches = Files.createDirectories(folder.resolve("aot"));
    List<Double> ready = new ArrayList<>();
    List<Double> read = new ArrayList<>();
    List<JsonObject> starts = trial.inNewRunners(pdf, WARMUP + measured, caches);
    for (JsonObject stats : starts.subList(WARMUP, starts.size())) {
      ready.add(stats.get("ready_millis").getAsDouble());
      read.add(ready.getLast() + stats.get("elapsed_millis").getAsDouble());
    }
    page.table(
        Table.of("Start of a runner for parsing", "until", "median ms")
            .row("ready", median(ready))
            .row("first PDF page read", median(read)));
    verdicts.atMost("PDF, first page of a new runner, ms", FIRST_PAGE_MILLIS, median(read));
    verdicts.atLeast("AOT caches that runners have started with", 1, kept(caches));
  }

  /** A cache that a runner could not start with is deleted. */
  private static double kept(Path caches) throws IOException {
    try (Stream<Path> files = Files.list(caches)) {
      return files.filter(file -> file.toString().endsWith(".aot")).count();
    }
  }

  private static double median(List<Double> millis) {
    Collections.sort(millis);
    return millis.get(millis.size() / 2);
  }
}
