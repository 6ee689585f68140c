package dev.scriptorium.server.jobs;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of what is too old. Stateless. */
final class RetentionStore {
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

  /** Forgets requests of more than a day ago; how many. */
  int forgetRequests(Handle handle) {
    return handle.createUpdate(FORGET_REQUESTS).execute();
  }

  /** Days before this one that are still there. */
  List<Integer> oldDays(Handle handle, int first) {
    return handle.createQuery(OLD_DAYS).bind("first", first).mapTo(Integer.class).list();
  }

  /** Drops a day; false when a job of it has not ended. */
  boolean drop(Handle handle, int day) {
    return handle.createQuery(DROP).bind("day", day).mapTo(Boolean.class).one();
  }
}
