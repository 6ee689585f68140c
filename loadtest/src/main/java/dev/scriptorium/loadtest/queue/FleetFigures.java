package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Verdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a real server with very many workers. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a server with its database, and a fleet of workers in another process that speak the",
      "real protocol, each over a connection of its own. Jobs take 2 to 200 ms; workers leave and",
      "come back; in the middle the server is killed, and all come back at once. Ends within three",
      "minutes. Exit code 1 when a goal is missed."
    })
public final class FleetFigures implements Callable<Integer> {
  @Option(names = "--workers", description = "Workers (default: ${DEFAULT-VALUE}).")
  private int workers = 1000;

  @Option(names = "--slots", description = "Jobs a worker at once (default: ${DEFAULT-VALUE}).")
  private int slots = 4;

  @Option(names = "--jobs", description = "Jobs (default: ${DEFAULT-VALUE}).")
  private int jobs = 100_000;

  @Option(names = "--seed", description = "Of durations and breaks (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--heap", description = "Most heap of the server (default: ${DEFAULT-VALUE}).")
  private String heap = "512m";

  @Option(names = "--report", description = "Also write the figures to this HTML file.")
  private @Nullable Path report;

  /**
   * How much is measured.
   *
   * @param workers that connect
   * @param slots jobs that each of them runs at once
   * @param jobs that are submitted
   * @param seed of durations and breaks
   */
  record Extent(int workers, int slots, int jobs, long seed) {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Report page =
        Report.titled("Fleet")
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .condition("workers", workers)
            .condition("slots of each", slots)
            .condition("jobs", jobs)
            .condition("seed", seed)
            .condition("heap of the server", heap);
    Verdicts verdicts = new Verdicts();
    try (FleetRun run = FleetRun.start(heap, new Extent(workers, slots, jobs, seed))) {
      run.measure(page, verdicts);
    }
    page.table(verdicts.table());
    page.print(out);
    if (report != null) {
      page.write(report);
    }
    return verdicts.met() ? 0 : 1;
  }
}
