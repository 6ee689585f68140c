package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets an owner with one job meet an owner with ten thousand. */
@Command(
    name = "fairness",
    mixinStandardHelpOptions = true,
    description =
        "Lets one owner submit many jobs and another one at a time; takes about half a minute. Ends"
            + " with 1 when a single job waits for longer than one of the others takes.")
public final class FairnessCommand implements Callable<Integer> {
  @Option(
      names = "--jobs",
      defaultValue = "10000",
      description = "Jobs of the first owner (default: ${DEFAULT-VALUE}).")
  private int jobs = 10_000;

  @Option(
      names = "--job-millis",
      defaultValue = "500",
      description = "How long each waits (default: ${DEFAULT-VALUE}).")
  private long millis = 500;

  @Option(
      names = "--rounds",
      defaultValue = "20",
      description = "Jobs of the second owner, one after the other (default: ${DEFAULT-VALUE}).")
  private int rounds = 20;

  @Option(
      names = "--report",
      defaultValue = "fairness.html",
      description = "Where to write the report (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("fairness.html");

  @Override
  public Integer call() throws IOException {
    FairnessRun.Figures figures = new FairnessRun(jobs, millis, rounds).call();
    double slice = figures.slice().toNanos() / 1e6;
    double inLine = (double) figures.left() / figures.runners() * slice / 1e3;
    Table table =
        Table.of("Waits of the second owner's jobs", "figure", "value")
            .row("one slice: the longest job of the first owner, ms", slice)
            .row("shortest wait, ms", figures.waits().getFirst().toNanos() / 1e6)
            .row("half waited at most, ms", figures.waits().get(rounds / 2).toNanos() / 1e6)
            .row("longest wait, ms", figures.longest().toNanos() / 1e6)
            .row("jobs of the first owner still left", figures.left())
            .row("wait behind all of those, s", inLine);
    Report report =
        Report.titled("One job beside ten thousand")
            .condition("first owner", jobs + " jobs, each waits " + millis + " ms")
            .condition("second owner", rounds + " jobs of the same kind, one after the other")
            .condition("runners", figures.runners())
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .table(table)
            .text(
                figures.fair()
                    ? "Every job of the second owner began within one slice."
                    : "A job of the second owner did not begin within one slice.");
    report.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    report.write(file);
    return figures.fair() ? 0 : 1;
  }
}
