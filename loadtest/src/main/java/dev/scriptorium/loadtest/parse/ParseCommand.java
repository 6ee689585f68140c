package dev.scriptorium.loadtest.parse;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.FileTree;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures parsing against others in the same run, and prints verdicts. */
@Command(
    name = "parse",
    mixinStandardHelpOptions = true,
    description = {
      "Reads EPUB and PDF books with our parsers and with others, in turns, and compares medians;",
      "looks at the start of runners, at their memory with little heap, and at how soon a book can",
      "be read in the whole system. Books are those of the corpus beside the source tree, else",
      "generated ones.",
      "Exit code 1 when a goal is missed."
    })
public final class ParseCommand implements Callable<Integer> {
  // A pass over all EPUBs takes a quarter second: after five of them the compiler is still at work.
  @Option(names = "--warmup", defaultValue = "20", description = "Passes that do not count (20).")
  private int warmup = 20;

  @Option(names = "--measured", defaultValue = "9", description = "Passes that count (9).")
  private int measured = 9;

  @Option(
      names = "--part",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(names = "--report", description = "Also write the figures to this HTML file.")
  private @Nullable Path report;

  /** What can be measured on its own. */
  enum Part {
    SPEED,
    BIG_FILE,
    START,
    MEMORY,
    TIERS
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("parse");
    try {
      return measure(folder);
    } finally {
      FileTree.delete(folder);
    }
  }

  private int measure(Path folder) throws IOException, InterruptedException {
    Installation installation = Installation.find();
    Books books = Books.find(installation, folder);
    WorkerTrial trial = new WorkerTrial(installation.root().resolve("ops/bin/scriptorium-worker"));
    Report page =
        Report.titled("Parsing")
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .condition("books", books.origin())
            .condition("passes", warmup + " and " + measured);
    Verdicts verdicts = new Verdicts();
    if (parts.contains(Part.SPEED)) {
      new SpeedPart(books, folder, warmup, measured, page, verdicts).run();
    }
    if (parts.contains(Part.BIG_FILE)) {
      new BigFilePart(books.bigPdf(), trial, measured, page, verdicts).run();
    }
    if (parts.contains(Part.START)) {
      new StartPart(trial, folder, measured, page, verdicts).run();
    }
    if (parts.contains(Part.MEMORY)) {
      new MemoryPart(books, trial, folder, page, verdicts).run();
    }
    if (parts.contains(Part.TIERS)) {
      new TierPart(books.all(), page, verdicts).run();
    }
    page.table(verdicts.table());
    page.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    if (report != null) {
      page.write(report);
    }
    return verdicts.met() ? 0 : 1;
  }
}
