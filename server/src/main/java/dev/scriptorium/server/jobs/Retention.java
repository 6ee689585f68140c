package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.database.Outage;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what is too old: whole days of jobs, and requests. Any server may do it. */
final class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private final Database database;
  private final InstantSource clock;
  private final Duration age;
  private final RetentionStore store = new RetentionStore();

  /**
   * @param age how long jobs are kept after the day they were taken in
   */
  Retention(Database database, InstantSource clock, Duration age) {
    this.database = database;
    this.clock = clock;
    this.age = age;
  }

  /** Drops what can be dropped now; the rest is tried again next time. */
  void run() {
    database.inTransaction(store::forgetRequests);
    int first = JobId.dayOf(clock.instant().minus(age));
    for (int day : database.inTransaction(handle -> store.oldDays(handle, first))) {
      drop(day);
    }
  }

  private void drop(int day) {
    try {
      boolean dropped = database.inTransaction(handle -> store.drop(handle, day));
      log.info(
          dropped ? "jobs of day {} are dropped" : "day {} is kept: a job of it has not ended",
          day);
    } catch (RuntimeException e) {
      if (Outage.retryAfter(e).isEmpty()) {
        throw e;
      }
      log.info("day {} is in use, and dropped another time: {}", day, RootCause.of(e));
    }
  }
}
