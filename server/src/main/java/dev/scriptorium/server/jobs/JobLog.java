package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads jobs with their attempts, for those who ask. Stateless. */
final class JobLog {
  private static final String COLUMNS =
      "select "
          + JobRow.COLUMNS
          + """
          from job
          """;

  private static final String MATCHES =
      """
        and id < :below
        and (cardinality(:endings) = 0
             or exists (select from outcome
                        where outcome.job_id = job.id and final and ending = any(:endings::job_ending[])))
      order by id desc
      limit 1001
      """;

  private static final String ALL = COLUMNS + "where true" + "\n" + MATCHES;

  // From the few that went wrong, not from the many that did not.
  private static final String ALL_BAD =
      "select "
          + JobRow.COLUMNS
          + """
          from outcome
          join job on job.id = outcome.job_id
          where final and ending <> 'SUCCEEDED' and ending = any(:endings::job_ending[]) and job_id < :below
          order by job_id desc
          limit 1001
          """;

  private static final String OF_OWNER = COLUMNS + "where owner_id = :owner" + "\n" + MATCHES;

  private static final String OF_BOOK = COLUMNS + "where book_id = :book" + "\n" + MATCHES;

  private static final String OF_OWNERS_BOOK =
      COLUMNS + "where owner_id = :owner and book_id = :book" + "\n" + MATCHES;

  private static final String BY_ID =
      COLUMNS + "where id = any(:ids) and id between :low and :high order by id desc";

  private static final String ATTEMPTS =
      """
      select job_id, attempt, coalesce(ended.worker, started.worker, '') as worker,
             coalesce(started_at,
                      case when ended.worker is not null then
                        ended_at - coalesce(elapsed_millis, 0) * interval '1 millisecond'
                      end) as started_at,
             ended_at, ending, final, reason, message, limit_reached, cause,
             peak_memory_bytes, cpu_millis
      from (select job_id, attempt, worker, started_at
            from dispatch
            where job_id = any(:ids) and job_id between :low and :high) as started
      full join (select job_id, attempt, worker, ended_at, ending, final, reason, message,
                        limit_reached, cause, peak_memory_bytes, cpu_millis, elapsed_millis
                 from outcome
                 where job_id = any(:ids) and job_id between :low and :high) as ended using (job_id, attempt)
      order by job_id, attempt
      limit 100000
      """;

  private static final String LOGS =
      "select attempt, log_tail from outcome where job_id = :id and log_tail is not null limit"
          + " 1001";

  /**
   * One try at a job.
   *
   * @param startedAt null when it never started
   * @param end null while it runs
   */
  record Attempt(int number, String worker, @Nullable Instant startedAt, @Nullable End end) {}

  /**
   * How an attempt ended.
   *
   * @param last no other attempt follows
   */
  record End(
      Ending ending,
      boolean last,
      Instant at,
      Failure failure,
      String cause,
      long peakMemoryBytes,
      long cpuMillis) {}

  /**
   * Which jobs a list shows.
   *
   * @param owner null for every owner's
   * @param book null for every book's
   * @param endings of the last attempt; empty for all, and for jobs that have not ended
   * @param below only jobs with a lower id
   */
  record Filter(@Nullable UUID owner, @Nullable UUID book, List<Ending> endings, long below) {}

  /** The newest jobs, at most one more than the largest page. */
  List<Job> list(Handle handle, Filter filter) {
    var query =
        handle
            .createQuery(statement(filter))
            .bind("below", filter.below)
            .bindArray("endings", String.class, filter.endings.stream().map(Enum::name).toList());
    if (filter.owner != null) {
      query.bind("owner", filter.owner);
    }
    if (filter.book != null) {
      query.bind("book", filter.book);
    }
    return query.map(JobRow::map).list();
  }

  private static String statement(Filter filter) {
    if (filter.book == null && filter.owner == null) {
      boolean bad = !filter.endings.isEmpty() && !filter.endings.contains(Ending.SUCCEEDED);
      return bad ? ALL_BAD : ALL;
    }
    if (filter.book == null) {
      return OF_OWNER;
    }
    return filter.owner == null ? OF_BOOK : OF_OWNERS_BOOK;
  }

  /** Jobs by id, newest first. */
  List<Job> find(Handle handle, List<Long> ids) {
    return handle
        .createQuery(BY_ID)
        .bindMethods(Span.of(ids))
        .bindArray("ids", Long.class, ids)
        .map(JobRow::map)
        .list();
  }

  /** Attempts of jobs, oldest first. */
  Map<Long, List<Attempt>> attempts(Handle handle, List<Long> ids) {
    Map<Long, List<Attempt>> attempts = new HashMap<>();
    handle
        .createQuery(ATTEMPTS)
        .bindMethods(Span.of(ids))
        .bindArray("ids", Long.class, ids)
        .map((row, _) -> Map.entry(row.getLong("job_id"), attempt(row)))
        .forEach(
            entry ->
                attempts
                    .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                    .add(entry.getValue()));
    return attempts;
  }

  /** Ends of the runners' logs of a job's attempts, by their numbers. */
  Map<Integer, String> logs(Handle handle, long id) {
    Map<Integer, String> logs = new HashMap<>();
    handle
        .createQuery(LOGS)
        .bind("id", id)
        .map((row, _) -> Map.entry(row.getInt("attempt"), text(row, "log_tail")))
        .forEach(entry -> logs.put(entry.getKey(), entry.getValue()));
    return logs;
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    Instant endedAt = JobRow.instant(row, "ended_at");
    return new Attempt(
        row.getInt("attempt"),
        row.getString("worker"),
        JobRow.instant(row, "started_at"),
        endedAt == null ? null : end(row, endedAt));
  }

  private static End end(ResultSet row, Instant endedAt) throws SQLException {
    return new End(
        Ending.valueOf(row.getString("ending")),
        row.getBoolean("final"),
        endedAt,
        Failure.newBuilder()
            .setReason(reason(text(row, "reason")))
            .setMessage(text(row, "message"))
            .setLimit(text(row, "limit_reached"))
            .build(),
        text(row, "cause"),
        row.getLong("peak_memory_bytes"),
        row.getLong("cpu_millis"));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  private static ErrorReason reason(String name) {
    return name.isEmpty()
        ? ErrorReason.ERROR_REASON_UNSPECIFIED
        : ErrorReason.valueOf("ERROR_REASON_" + name);
  }

  /** The end that was final; empty while the job goes on. */
  static Optional<End> last(List<Attempt> attempts) {
    return attempts.stream()
        .flatMap(attempt -> Optional.ofNullable(attempt.end()).stream())
        .filter(End::last)
        .findFirst();
  }
}
