package dev.scriptorium.loadtest.parse;

import com.google.gson.JsonObject;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.GeneratedBook;
import dev.scriptorium.loadtest.system.GeneratedPdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses every book in runners with little heap and looks at the most memory they had resident. */
record MemoryPart(Books books, WorkerTrial trial, Path folder, Report page, Verdicts verdicts) {
  private static final int PICTURES = 50;

  /** Ends that say something about the runner, not about the book. */
  private static final Set<String> OURS =
      Set.of("RUNNER_CRASHED", "PLUGIN_FAILED", "DEADLINE_EXCEEDED");

  void run() throws IOException, InterruptedException {
    Table table = Table.of("Memory", "files", "heap", "number", "failed", "most MB", "book");
    List<Path> epubs = books.all().stream().filter(file -> !isPdf(file)).toList();
    List<Path> pdfs = books.all().stream().filter(MemoryPart::isPdf).toList();
    measure("EPUB", epubs, "64m", true, table);
    measure("PDF", pdfs, "96m", true, table);
    Path large = folder.resolve("large.epub");
    GeneratedBook.illustrated(large, "Large", 60, 3000, 7, PICTURES, (100 << 20) / PICTURES);
    Path thick = GeneratedPdf.write(folder.resolve("thick.pdf"), "Thick", 1000, 8);
    measure("EPUB of 100 MB, PDF of 1,000 pages", List.of(large, thick), "128m", false, table);
    page.table(table);
  }

  private void measure(String name, List<Path> files, String heap, boolean judged, Table table)
      throws IOException, InterruptedException {
    List<JsonObject> results = new ArrayList<>();
    Path caches = Files.createDirectories(folder.resolve("aot"));
    trial.parse(files, heap, caches, result -> results.add(facts(result)));
    long failed =
        results.stream().filter(MemoryPart::failed).count() + files.size() - results.size();
    double most = 0;
    String book = "";
    for (JsonObject result : results) {
      double peak = result.get("peak").getAsDouble();
      if (peak > most) {
        most = peak;
        book = String.valueOf(Path.of(result.get("file").getAsString()).getFileName());
      }
    }
    table.row(name, heap, files.size(), failed, most, book);
    verdicts.atMost(name + ", failed at " + heap, 0, (double) failed);
    if (judged) {
      verdicts.atMost(name + ", most resident MB", 160, most);
    }
  }

  /** What is worth keeping of a result: its text is not. */
  private static JsonObject facts(JsonObject result) {
    JsonObject facts = new JsonObject();
    facts.add("file", result.get("file"));
    boolean error = result.has("error");
    facts.addProperty(
        "reason", error ? result.getAsJsonObject("error").get("reason").getAsString() : "");
    facts.addProperty(
        "peak",
        error ? 0 : result.getAsJsonObject("stats").get("peak_memory_bytes").getAsLong() / 1e6);
    return facts;
  }

  private static boolean failed(JsonObject facts) {
    return OURS.contains(facts.get("reason").getAsString());
  }

  private static boolean isPdf(Path file) {
    return file.toString().endsWith(".pdf");
  }
}
