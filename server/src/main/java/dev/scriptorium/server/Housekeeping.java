package dev.scriptorium.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is no longer wanted, again and again, one thing after the other. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  /**
   * One thing to remove.
   *
   * @param what for the log, in the plural
   * @param first time from the start of the server to the first run
   * @param every time from the end of one run to the next
   */
  record Chore(String what, Duration first, Duration every, Work work) {
    /** Every hour. */
    static Chore hourly(String what, Work work) {
      return new Chore(what, Duration.ofMinutes(5), Duration.ofHours(1), work);
    }

    /** Four times a day. */
    static Chore daily(String what, Work work) {
      return new Chore(what, Duration.ofMinutes(10), Duration.ofHours(6), work);
    }
  }

  /** Does it; tells how many were removed. */
  interface Work {
    long run() throws IOException;
  }

  /** Begins. */
  Housekeeping(List<Chore> chores) {
    for (Chore chore : chores) {
      var _ =
          thread.scheduleWithFixedDelay(
              () -> run(chore),
              chore.first().toMillis(),
              chore.every().toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  // A scheduled task that throws would never run again.
  private static void run(Chore chore) {
    try {
      long removed = chore.work().run();
      if (removed > 0) {
        LOG.info("removed {} {}", removed, chore.what());
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} are not removed; will try again: {}", chore.what(), e.toString());
    }
  }
}
