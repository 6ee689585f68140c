package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.report.Plot;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.system.FileTree;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Submits many big books at once to a worker with a small budget, and to one without. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description =
        "Submits big books at once to a worker with a memory budget, then to one with room for all;"
            + " takes about five minutes. Ends with 1 when the budget was not kept.")
public final class MemoryCommand implements Callable<Integer> {
  @Option(names = "--books", defaultValue = "30", description = "How many (default: 30).")
  private int books = 30;

  @Option(
      names = "--budget-mb",
      defaultValue = "2000",
      description = "Budget of the whole worker tree, in MB (default: ${DEFAULT-VALUE}).")
  private int budget = 2000;

  @Option(
      names = "--report",
      defaultValue = "memory.html",
      description = "Where to write the report (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("memory.html");

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() throws IOException {
    Path folder = Installation.newFolder("big-books");
    out.println("Writing " + books + " big books ...");
    List<Path> files = BigBooks.write(folder, books);
    List<BigBooksRun.Figures> runs = new ArrayList<>();
    runs.add(run("budget of " + budget + " MB", files, budget));
    runs.add(run("room for all", files, 16_000));
    Report report = report(runs);
    report.print(out);
    report.write(file);
    out.println("Report: " + file.toAbsolutePath());
    FileTree.delete(folder);
    BigBooksRun.Figures limited = runs.getFirst();
    boolean kept =
        limited.peakBytes() < budget * 1_000_000L
            && limited.analyzed() == books
            && limited.memoryKills() == 0;
    return kept ? 0 : 1;
  }

  private BigBooksRun.Figures run(String name, List<Path> files, int megabytes) throws IOException {
    out.println("Submitting them to a worker with a " + name + " ...");
    return new BigBooksRun(name, files, megabytes).call();
  }

  private Report report(List<BigBooksRun.Figures> runs) {
    Table table =
        Table.of(
            "Runs",
            "worker",
            "books analysed",
            "seconds",
            "most jobs at once",
            "mean jobs at once",
            "peak of the tree, MB",
            "attempts ended by memory",
            "attempts repeated");
    Plot plot = Plot.of("Resident memory of the worker tree", "s", "MB");
    for (BigBooksRun.Figures run : runs) {
      table.row(
          run.name(),
          run.analyzed(),
          run.seconds(),
          run.mostAtOnce(),
          run.meanAtOnce(),
          run.peakBytes() / 1e6,
          run.memoryKills(),
          run.repeated());
      plot.line(run.name(), run.sampleSeconds(), run.sampleMegabytes());
    }
    return Report.titled("Big books and a memory budget")
        .condition("books", books + ": half PDFs of 520 pages, half EPUBs of 20 MB and more")
        .condition("processors", Runtime.getRuntime().availableProcessors())
        .text(
            "The tree is the worker and its runners; resident memory is summed over the processes,"
                + " so that shared pages count several times.")
        .table(table)
        .plot(plot);
  }
}
