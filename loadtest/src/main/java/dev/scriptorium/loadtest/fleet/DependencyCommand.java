package dev.scriptorium.loadtest.fleet;

import com.google.protobuf.ByteString;
import dev.scriptorium.loadtest.chaos.plugin.ChaosHandler;
import dev.scriptorium.loadtest.chaos.plugin.LeaningHandler;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.v1.Breaker;
import dev.scriptorium.v1.GetQueueRequest;
import dev.scriptorium.v1.Job;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes away what one kind of jobs leans on and watches that kind and another. */
@Command(
    name = "dependency",
    mixinStandardHelpOptions = true,
    description =
        "Takes a dependency away from one kind of jobs and watches what it costs that kind and"
            + " another; takes about two minutes. Ends with 1 when a goal is missed.")
public final class DependencyCommand implements Callable<Integer> {
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final int LEANING = 50;
  private static final double GOAL = 0.95;

  @Option(
      names = "--jobs",
      defaultValue = "600",
      description = "Jobs of the other kind (default: ${DEFAULT-VALUE}).")
  private int jobs = 600;

  @Option(
      names = "--report",
      defaultValue = "dependency.html",
      description = "Where to write the report (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("dependency.html");

  @Override
  public Integer call() throws IOException {
    Path away = Installation.newFolder("dependency").resolve("away");
    try (TestSystem system =
            TestSystem.start(
                "--runners", "2", "--plugins", Installation.find().chaosPlugin().toString());
        Api api = system.api()) {
      api.awaitRunners(2, BOUND);
      WorkSubmission work = new WorkSubmission(api);
      // Both runners are warm after it.
      throughput(work, jobs / 4);
      double before = throughput(work, jobs);

      Files.createFile(away);
      List<String> leaning =
          work.submit(LEANING, LeaningHandler.KIND, ByteString.copyFromUtf8(away.toString()));
      Breaker open =
          Await.until(
              "an open breaker",
              BOUND,
              () -> breaker(api),
              breaker -> breaker.getState() != Breaker.State.STATE_CLOSED);
      double during = throughput(work, jobs);

      Files.delete(away);
      long begin = System.nanoTime();
      work.awaitNone(LeaningHandler.KIND, BOUND);
      double recovery = (System.nanoTime() - begin) / 1e9;
      return report(before, during, open, recovery, leaning.stream().map(work::job).toList());
    } finally {
      Files.deleteIfExists(away);
      Files.delete(away.getParent());
    }
  }

  private static double throughput(WorkSubmission work, int count) {
    long begin = System.nanoTime();
    work.waiting(count, 50);
    work.awaitNone(ChaosHandler.WORK, BOUND);
    return count / ((System.nanoTime() - begin) / 1e9);
  }

  private static Breaker breaker(Api api) {
    return api.jobs().getQueue(GetQueueRequest.getDefaultInstance()).getBreakersList().stream()
        .filter(breaker -> breaker.getDependency().equals(LeaningHandler.DEPENDENCY))
        .findFirst()
        .orElse(
            Breaker.getDefaultInstance().toBuilder().setState(Breaker.State.STATE_CLOSED).build());
  }

  private int report(double before, double during, Breaker open, double recovery, List<Job> leaning)
      throws IOException {
    long succeeded =
        leaning.stream().filter(job -> job.getState() == Job.State.STATE_SUCCEEDED).count();
    long attempts = leaning.stream().mapToLong(Job::getAttemptsCount).sum();
    double share = during / before;
    Table table =
        Table.of("A dependency that is away", "figure", "value")
            .row("other kind before, jobs/s", before)
            .row("other kind meanwhile, jobs/s", during)
            .row("  share, %", 100 * share)
            .row("failures in a row when the breaker was first seen open", open.getFailures())
            .row("leaning jobs that succeeded, of " + LEANING, succeeded)
            .row("their attempts, of which none counts against a job", attempts)
            .row("seconds from its return to the last leaning job's end", recovery);
    Report report =
        Report.titled("A dependency that is away")
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .table(table);
    report.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    report.write(file);
    return share >= GOAL && succeeded == LEANING ? 0 : 1;
  }
}
