package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.OneTrip;
import dev.scriptorium.server.database.Rows;
import dev.scriptorium.server.jobs.schedule.KeyLimit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The jobs in Postgres. Stateless. */
final class PostgresJobStore implements JobStore {
  // The second lock marks the transaction: whoever gets it later knows that this one is over. A
  // statement of its own, though it goes with the next in one round trip: what that one sees of the
  // dead must not be older than the lock.
  private static final String GUARD =
      """
      select pg_advisory_xact_lock_shared(:incarnation), pg_advisory_xact_lock(:batch);
      """;

  private static final String WAIT_FOR =
      """
      select pg_advisory_xact_lock(:batch)
      """;

  // Most jobs have nothing of what comes after the media type.
  private static final Rows<Job> COLUMNS =
      Rows.<Job>of()
          .with("id", Rows.Kind.BIGINT, Job::id)
          .with("created_at", Rows.Kind.INSTANT, Job::createdAt)
          .with("owner_id", Rows.Kind.UUID, Job::owner)
          .with("tier", Rows.Kind.SMALLINT, job -> (short) job.tier())
          .with("priority", Rows.Kind.SMALLINT, job -> (short) job.terms().priority())
          .with("kind", Rows.Kind.TEXT, Job::kind)
          .with("media_type", Rows.Kind.TEXT, Job::mediaType)
          .with("book_id", Rows.Kind.UUID, job -> job.hasBook() ? job.book() : null)
          .with("first_chapter", Rows.Kind.INT, job -> unlessZero(job.firstChapter()))
          .with("last_chapter", Rows.Kind.INT, job -> unlessZero(job.lastChapter()))
          .with("after", Rows.Kind.BIGINTS, PostgresJobStore::arrayOf)
          .with("not_before", Rows.Kind.INSTANT, PostgresJobStore::notBefore)
          .with("limit_key", Rows.Kind.TEXT, job -> limit(job, KeyLimit::key))
          .with("limit_concurrency", Rows.Kind.INT, job -> limit(job, KeyLimit::concurrency))
          .with(
              "limit_starts_per_minute",
              Rows.Kind.INT,
              job -> limit(job, KeyLimit::startsPerMinute))
          .with(
              "deadline_millis",
              Rows.Kind.BIGINT,
              job -> unlessZero(job.terms().deadline().toMillis()))
          .with("memory_bytes", Rows.Kind.BIGINT, job -> unlessZero(job.terms().memoryBytes()))
          .with("input_bytes", Rows.Kind.BIGINT, job -> unlessZero(job.terms().inputBytes()))
          .with("unique_key", Rows.Kind.TEXT, job -> unlessEmpty(job.terms().uniqueKey()))
          .with("payload", Rows.Kind.BYTES, PostgresJobStore::payload);

  private static final String INSERT =
      GUARD
          + COLUMNS.insertInto("job")
          + "where not exists (select from server_death where incarnation = :incarnation)";

  private static final String OPEN_DAY =
      """
      select open_day(:day)
      """;

  private static final String INSERT_RETRIES =
      """
      insert into job_retry (retry_of, job_id)
      select retry_of, job_id
      from unnest(:retries, :jobs) as new (retry_of, job_id)
      where retry_of <> 0
      """;

  private static final String EXISTING =
      """
      select id from job where id = any(:ids) and id between :low and :high
      """;

  private static final String OWNERS =
      """
      select id, owner_id from job where id = any(:ids) and id between :low and :high
      """;

  private static final String ENDED =
      """
      select job_id, ending
      from outcome
      where job_id = any(:ids) and job_id between :low and :high and final
      """;

  private static final String OF_BOOK =
      "select "
          + JobRow.COLUMNS
          + """
          from job
          where owner_id = :owner and book_id = :book
          order by id
          limit 20000
          """;

  private static final String FATES =
      """
      select job.id, outcome.reason
      from job
      join outcome on outcome.job_id = job.id and outcome.final and outcome.ending <> 'SUCCEEDED'
      where job.owner_id = :owner and job.book_id = :book
        and not exists (select from job_retry where retry_of = job.id)
      limit 20000
      """;

  @Override
  public void openDay(Handle handle, int day) {
    handle.createQuery(OPEN_DAY).bind("day", day).mapToMap().one();
  }

  @Override
  public void insert(Handle handle, long incarnation, List<Job> jobs, List<Long> retryOf) {
    Update insert =
        handle
            .createUpdate(INSERT)
            .bind("incarnation", incarnation)
            .bind("batch", jobs.getFirst().id());
    COLUMNS.bind(insert, jobs);
    int inserted = OneTrip.countBehindQuery(insert);
    if (inserted != jobs.size()) {
      throw new IncarnationDeadException(incarnation);
    }
    if (retryOf.stream().anyMatch(earlier -> earlier != 0)) {
      handle
          .createUpdate(INSERT_RETRIES)
          .bindArray("retries", Long.class, retryOf)
          .bindArray("jobs", Long.class, jobs.stream().map(Job::id).toList())
          .execute();
    }
  }

  private static @Nullable Integer unlessZero(int value) {
    return value == 0 ? null : (Integer) value;
  }

  private static @Nullable Long unlessZero(long value) {
    return value == 0 ? null : (Long) value;
  }

  private static @Nullable String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Instant notBefore(Job job) {
    Instant time = job.terms().notBefore();
    return time.isAfter(Instant.EPOCH) ? time : null;
  }

  private static <V> @Nullable V limit(Job job, Function<KeyLimit, V> part) {
    KeyLimit limit = job.terms().limit();
    return limit == null ? null : part.apply(limit);
  }

  private static byte @Nullable [] payload(Job job) {
    return job.terms().payload().isEmpty() ? null : job.terms().payload().toByteArray();
  }

  private static @Nullable String arrayOf(Job job) {
    return job.after().isEmpty()
        ? null
        : job.after().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public boolean committed(Handle handle, List<Long> jobs) {
    handle.createQuery(WAIT_FOR).bind("batch", jobs.getFirst()).mapToMap().one();
    return handle
            .createQuery(EXISTING)
            .bindMethods(Span.of(jobs))
            .bindArray("ids", Long.class, jobs)
            .mapTo(Long.class)
            .list()
            .size()
        == jobs.size();
  }

  @Override
  public Map<Long, UUID> owners(Handle handle, Set<Long> jobs) {
    Map<Long, UUID> owners = new HashMap<>();
    handle
        .createQuery(OWNERS)
        .bindMethods(Span.of(jobs))
        .bindArray("ids", Long.class, List.copyOf(jobs))
        .map((row, context) -> Map.entry(row.getLong("id"), row.getObject("owner_id", UUID.class)))
        .forEach(entry -> owners.put(entry.getKey(), entry.getValue()));
    return owners;
  }

  @Override
  public Map<Long, Boolean> ended(Handle handle, Set<Long> jobs) {
    Map<Long, Boolean> succeeded = new HashMap<>();
    handle
        .createQuery(ENDED)
        .bindMethods(Span.of(jobs))
        .bindArray("ids", Long.class, List.copyOf(jobs))
        .map(
            (rs, ctx) ->
                Map.entry(rs.getLong("job_id"), rs.getString("ending").equals("SUCCEEDED")))
        .forEach(entry -> succeeded.put(entry.getKey(), entry.getValue()));
    return succeeded;
  }

  /** Every job of a book, oldest first. */
  List<Job> ofBook(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(OF_BOOK)
        .bind("owner", owner)
        .bind("book", book)
        .map(JobRow::map)
        .list();
  }

  /** The jobs of a book that have not succeeded and that no later job has replaced. */
  Map<Long, RetryPlan.Fate> fates(Handle handle, UUID owner, UUID book) {
    Map<Long, RetryPlan.Fate> fates = new HashMap<>();
    handle
        .createQuery(FATES)
        .bind("owner", owner)
        .bind("book", book)
        .map((row, context) -> Map.entry(row.getLong("id"), row.getString("reason")))
        .forEach(
            entry ->
                fates.put(
                    entry.getKey(),
                    entry.getValue().equals("DEPENDENCY_FAILED")
                        ? RetryPlan.Fate.FELL
                        : RetryPlan.Fate.FAILED));
    return fates;
  }
}
