package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.database.Outage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what is too old: whole days of jobs, and requests. Any server may do it. */
final class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private static final String OLD_DAYS =
      """
      select day from job_day where day < :first order by day
      """;

  private static final String DROP =
      """
      select drop_day(:day)
      """;

  private static final String FORGET_REQUESTS =
      """
      delete from submission where at < clock_timestamp() - interval '1 day'
      """;

  private final Database database;
  private final InstantSource clock;
  private final Duration age;

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
    database.inTransaction(handle -> handle.createUpdate(FORGET_REQUESTS).execute());
    int first = JobId.dayOf(clock.instant().minus(age));
    for (int day : database.inTransaction(handle -> oldDays(handle, first))) {
      drop(day);
    }
  }

  private static List<Integer> oldDays(Handle handle, int first) {
    return handle.createQuery(OLD_DAYS).bind("first", first).mapTo(Integer.class).list();
  }

  private void drop(int day) {
    try {
      boolean dropped =
          database.inTransaction(
              handle -> handle.createQuery(DROP).bind("day", day).mapTo(Boolean.class).one());
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
