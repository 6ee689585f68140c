package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.server.jobs.schedule.Overdue;
import dev.scriptorium.server.jobs.schedule.Phase;
import dev.scriptorium.server.jobs.schedule.Standing;
import dev.scriptorium.v1.ErrorReason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts that the server itself ends. Thread-safe. */
final class ServerEndings {
  private static final Logger log = LoggerFactory.getLogger(ServerEndings.class);

  private final LiveJobs live;
  private final Ledger ledger;

  ServerEndings(LiveJobs live, Ledger ledger) {
    this.live = live;
    this.ledger = ledger;
  }

  /**
   * Cancels a job, whatever attempt it has come to.
   *
   * @return true once it is cancelled; false when it had ended already; failed with {@link
   *     BacklogFullException} when the ledger takes no more
   */
  CompletableFuture<Boolean> cancel(Job job, String message) {
    return end(job, Ending.CANCELLED, ErrorReason.ERROR_REASON_CANCELLED, message);
  }

  /** Fails a job for a reason that lies in the server. */
  void fail(Job job, String message) {
    var _ = end(job, Ending.FAILED, ErrorReason.ERROR_REASON_INTERNAL, message);
  }

  private CompletableFuture<Boolean> end(
      Job job, Ending ending, ErrorReason reason, String message) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    attempt(job, ending, reason, message, done);
    return done;
  }

  private void attempt(
      Job job, Ending ending, ErrorReason reason, String message, CompletableFuture<Boolean> done) {
    Optional<Standing> standing = live.standing(job.id());
    if (standing.isEmpty()) {
      done.complete(false);
      return;
    }
    if (standing.get().phase() == Phase.UNCOMMITTED) {
      done.completeExceptionally(
          new IllegalStateException("job " + job.id() + " is not known to be committed"));
      return;
    }
    Report report =
        Report.byServer(
            job.id(), standing.get().attempt(), standing.get().worker(), ending, reason, message);
    Ledger.End end =
        new Ledger.End(
            report,
            verdict -> {
              if (verdict == Verdict.RECORDED) {
                done.complete(true);
              } else {
                // Another end was written first; there may be a next attempt to end.
                attempt(job, ending, reason, message, done);
              }
            });
    if (!ledger.submit(job, end)) {
      log.warn("job {} cannot be ended now: too much waits to be written", job.id());
      done.completeExceptionally(new BacklogFullException("the ledger", Lane.CAPACITY));
    }
  }

  /** Ends the attempts that nobody else will. */
  void end(List<Overdue> overdue) {
    for (Overdue late : overdue) {
      Optional<Job> job = live.find(late.job());
      boolean taken =
          job.isPresent() && ledger.submit(job.get(), new Ledger.End(report(late), verdict -> {}));
      if (taken) {
        log.info("attempt {} of job {} ends: {}", late.attempt(), late.job(), late.cause());
      } else {
        live.run(s -> s.notEnded(late.job()));
      }
    }
  }

  private static Report report(Overdue late) {
    return switch (late.cause()) {
      case DEPENDENCY ->
          byServer(
              late,
              Ending.FAILED,
              ErrorReason.ERROR_REASON_DEPENDENCY_FAILED,
              "a job it waited for has failed");
      case CONTACT ->
          byServer(
              late,
              Ending.LOST,
              ErrorReason.ERROR_REASON_RUNNER_CRASHED,
              "worker " + late.worker() + " was lost");
      case DEADLINE ->
          byServer(
              late,
              Ending.TIMED_OUT,
              ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
              "worker " + late.worker() + " gave no result within the deadline");
    };
  }

  private static Report byServer(Overdue late, Ending ending, ErrorReason reason, String message) {
    return Report.byServer(late.job(), late.attempt(), late.worker(), ending, reason, message);
  }
}
