package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the queue against others in the same database, and prints verdicts. */
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a server with its database and a worker that does nothing, and measures the queue:",
      "jobs a second, time to pickup, what is left behind. Exit code 1 when a goal is missed."
    })
public final class QueueFigures implements Callable<Integer> {
  @Option(names = "--quick", description = "Fewer jobs, fewer repetitions.")
  private boolean quick;

  @Option(names = "--jobs", description = "Jobs in the backlog that is drained (default: 100000).")
  private int jobs = 100_000;

  @Option(
      names = "--part",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(names = "--peers", description = "Folder with run.sh, which measures other queues.")
  private @Nullable Path peers;

  @Option(names = "--report", description = "Also write the figures to this HTML file.")
  private @Nullable Path report;

  /** What can be measured on its own. */
  enum Part {
    THROUGHPUT,
    ONE_BY_ONE,
    PICKUP,
    PINNED,
    BACKLOG,
    PEERS
  }

  /**
   * How much is measured.
   *
   * @param jobs in the backlog that is drained
   * @param repeat how often
   * @param samples of latency
   * @param pinned how long the snapshot is held
   * @param waiting jobs of the long backlog
   * @param finished jobs of the long history
   */
  record Extent(int jobs, int repeat, int samples, Duration pinned, int waiting, int finished) {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Extent extent =
        quick
            ? new Extent(jobs, 2, 300, Duration.ofSeconds(30), 200_000, 500_000)
            : new Extent(jobs, 5, 1000, Duration.ofMinutes(5), 1_000_000, 5_000_000);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Report page =
        Report.titled("Queue")
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .condition("extent", quick ? "quick" : "full");
    // A waiting job is held in memory.
    String heap = quick ? "512m" : "3g";
    page.condition("heap of the server", heap)
        .condition("server rehearsed", Installation.find().isRehearsed());
    Verdicts verdicts = new Verdicts();
    try (Rig rig = Rig.start(heap)) {
      if (parts.contains(Part.THROUGHPUT)) {
        new Throughput(rig, extent, page, verdicts).run();
      }
      if (parts.contains(Part.ONE_BY_ONE)) {
        new OneByOne(rig, extent, page).run();
      }
      if (parts.contains(Part.PICKUP)) {
        new Pickup(rig, extent, page, verdicts).run();
      }
      if (parts.contains(Part.PINNED)) {
        new Pinned(rig, extent, page, verdicts).run();
      }
      if (parts.contains(Part.PEERS) && peers != null) {
        new Peers(rig.server(), peers, extent, page, verdicts).run();
      }
      if (parts.contains(Part.BACKLOG)) {
        new Backlog(rig, extent, page, verdicts).run();
      }
    }
    page.table(verdicts.table());
    page.print(out);
    if (report != null) {
      page.write(report);
    }
    return verdicts.met() ? 0 : 1;
  }
}
