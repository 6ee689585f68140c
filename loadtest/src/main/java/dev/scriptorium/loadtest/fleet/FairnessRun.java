package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.chaos.plugin.ChaosHandler;
import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.loadtest.system.SecondUser;
import dev.scriptorium.loadtest.system.TestSystem;
import dev.scriptorium.v1.Attempt;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.Preset;
import dev.scriptorium.v1.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One owner with many jobs and another with one, again and again; a real server and a real worker.
 *
 * @param jobs of the first owner; more than are done meanwhile
 * @param millis that each job waits in its runner
 * @param rounds how often the second owner submits one
 */
public record FairnessRun(int jobs, long millis, int rounds)
    implements Callable<FairnessRun.Figures> {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int RUNNERS = 2;
  private static final int SEEN = 50;

  /**
   * What came of it.
   *
   * @param runners of the worker
   * @param slice the longest time for which a job of the first owner held its runner
   * @param waits of the second owner's jobs, from being taken in to their start, shortest first
   * @param left jobs of the first owner that had not ended when the last of the second's began
   */
  public record Figures(int runners, Duration slice, List<Duration> waits, long left) {
    /** Copies the list. */
    public Figures {
      waits = List.copyOf(waits);
    }

    /** The longest wait. */
    public Duration longest() {
      return waits.getLast();
    }

    /** True when every job of the second owner began within one slice. */
    public boolean fair() {
      return left > 0 && longest().compareTo(slice) <= 0;
    }
  }

  @Override
  public Figures call() throws IOException {
    try (TestSystem system =
            TestSystem.start(
                "--runners",
                Integer.toString(RUNNERS),
                "--plugins",
                Installation.find().chaosPlugin().toString());
        Api first = system.api();
        Api second =
            Api.connect(
                system.address(),
                SecondUser.create(first, Role.ROLE_OPERATOR, Preset.PRESET_OPERATION))) {
      first.awaitRunners(RUNNERS, BOUND);
      WorkSubmission many = new WorkSubmission(first);
      WorkSubmission one = new WorkSubmission(second);
      List<String> names = many.waiting(jobs, millis);
      // Both runners are warm, and the server knows how long the work takes.
      ended(many, names.get(2 * RUNNERS));
      List<Duration> waits = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        waits.add(wait(ended(one, one.waiting(1, millis).getFirst())));
      }
      Collections.sort(waits);
      long left = many.open(ChaosHandler.WORK);
      return new Figures(RUNNERS, slice(many, names), waits, left);
    }
  }

  private static Job ended(WorkSubmission work, String name) {
    return Await.until(
        name, BOUND, () -> work.job(name), job -> job.getState() == Job.State.STATE_SUCCEEDED);
  }

  private static Duration wait(Job job) {
    return Duration.between(
        instant(job.getCreateTime()), instant(job.getAttempts(0).getStartTime()));
  }

  private static Duration slice(WorkSubmission work, List<String> names) {
    return names.stream()
        // The first ones warm the runners.
        .skip(4 * RUNNERS)
        .limit(SEEN)
        .map(work::job)
        .filter(job -> job.getState() == Job.State.STATE_SUCCEEDED)
        .map(job -> length(job.getAttempts(0)))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private static Duration length(Attempt attempt) {
    return Duration.between(instant(attempt.getStartTime()), instant(attempt.getEndTime()));
  }

  private static Instant instant(com.google.protobuf.Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
