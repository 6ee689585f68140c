package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Transactions;
import dev.scriptorium.server.jobs.schedule.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Finds out how jobs end that ours wait for and that another server has taken in. It asks the
 * database, for no server tells another; once a second, and only while there are any. Used by one
 * thread at a time.
 */
final class Predecessors {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final JobStore jobs;
  private final LiveJobs live;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private long lastNanos;

  /**
   * @param nanoTime a clock that is never set
   */
  Predecessors(
      Transactions transactions,
      JobStore jobs,
      LiveJobs live,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.live = live;
    this.clock = clock;
    this.nanoTime = nanoTime;
    lastNanos = nanoTime.getAsLong();
  }

  /** Asks, unless it has done so within the last second. */
  void tick() {
    long now = nanoTime.getAsLong();
    if (now - lastNanos < PAUSE.toNanos()) {
      return;
    }
    lastNanos = now;
    Set<Long> awaited = live.look(Scheduler::awaitedElsewhere);
    if (awaited.isEmpty()) {
      return;
    }
    Map<Long, Boolean> ended = transactions.inTransaction(handle -> jobs.ended(handle, awaited));
    if (!ended.isEmpty()) {
      live.run(
          scheduler ->
              ended.forEach(
                  (job, succeeded) -> scheduler.endedElsewhere(job, succeeded, clock.instant())));
    }
  }
}
