package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.chaos.plugin.ChaosHandler;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.v1.ListWorkersRequest;
import dev.scriptorium.v1.Worker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares a worker that replaces its runners all the time with one that never does. */
@Command(
    name = "recycle",
    mixinStandardHelpOptions = true,
    description =
        "Runs the same jobs with runners that are replaced every ten jobs and with runners that"
            + " never are; takes about three minutes. Ends with 1 when a goal is missed.")
public final class RecycleCommand implements Callable<Integer> {
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final int RUNNERS = 2;
  private static final int NEVER = 1_000_000;
  private static final double GOAL = 0.9;

  @Option(names = "--jobs", defaultValue = "200", description = "How many (default: 200).")
  private int jobs = 200;

  @Option(
      names = "--job-millis",
      defaultValue = "500",
      description = "How long each waits (default: ${DEFAULT-VALUE}).")
  private long millis = 500;

  @Option(
      names = "--report",
      defaultValue = "recycle.html",
      description = "Where to write the report (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("recycle.html");

  /** What came of one worker. */
  private record Figures(double jobsPerSecond, int fewestReady, long recycled) {}

  @Override
  public Integer call() throws IOException {
    Figures never = run(NEVER);
    Figures often = run(10);
    double share = often.jobsPerSecond / never.jobsPerSecond;
    Table table =
        Table.of("Runners", "replaced after", "jobs/s", "fewest ready runners", "replaced");
    table.row("never", never.jobsPerSecond, never.fewestReady, never.recycled);
    table.row("10 jobs", often.jobsPerSecond, often.fewestReady, often.recycled);
    boolean good = share >= GOAL && often.fewestReady >= RUNNERS - 1 && often.recycled > 0;
    Report report =
        Report.titled("Runners that are replaced")
            .condition("jobs", jobs + ", each waits " + millis + " ms")
            .condition("runners", RUNNERS)
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .table(table)
            .text(
                "Replacing runners keeps %.1f %% of the throughput; the goal is %.0f %%."
                    .formatted(100 * share, 100 * GOAL));
    report.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    report.write(file);
    return good ? 0 : 1;
  }

  private Figures run(int recycleAfter) throws IOException {
    try (TestSystem system =
            TestSystem.start(
                "--runners",
                Integer.toString(RUNNERS),
                "--recycle-after",
                Integer.toString(recycleAfter),
                "--plugins",
                Installation.find().chaosPlugin().toString());
        Api api = system.api()) {
      Await.until("ready runners", BOUND, () -> worker(api).getRunners(), n -> n >= RUNNERS);
      WorkSubmission work = new WorkSubmission(api);
      int[] fewest = {Integer.MAX_VALUE};
      long begin = System.nanoTime();
      work.waiting(jobs, millis);
      Await.until(
          "the last job",
          BOUND,
          () -> {
            fewest[0] = Math.min(fewest[0], worker(api).getRunners());
            return work.open(ChaosHandler.WORK);
          },
          open -> open == 0);
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Figures(jobs / seconds, fewest[0], worker(api).getRecycledRunners());
    }
  }

  private static Worker worker(Api api) {
    List<Worker> workers =
        api.fleet().listWorkers(ListWorkersRequest.getDefaultInstance()).getWorkersList();
    return workers.isEmpty() ? Worker.getDefaultInstance() : workers.getFirst();
  }
}
