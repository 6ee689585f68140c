package dev.scriptorium.server.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The jobs in Postgres. Stateless. */
final class PostgresJobStore implements JobStore {
  // The second lock marks the transaction: whoever gets it later knows that this one is over.
  private static final String GUARD =
      """
      select pg_advisory_xact_lock_shared(:incarnation), pg_advisory_xact_lock(:batch)
      """;

  private static final String WAIT_FOR =
      """
      select pg_advisory_xact_lock(:batch)
      """;

  private static final String INSERT =
      """
      insert into job (id, owner_id, book_id, kind, media_type, tier, first_chapter, last_chapter,
                       after, retry_of, created_at, priority, not_before, limit_key,
                       limit_concurrency, limit_starts_per_minute, deadline_millis, memory_bytes,
                       input_bytes, unique_key, payload)
      select id, owner_id, book_id, kind, media_type, tier, first_chapter, last_chapter,
             after::bigint[], nullif(retry_of, 0), created_at, priority, not_before, limit_key,
             limit_concurrency, limit_starts_per_minute, deadline_millis, memory_bytes,
             input_bytes, unique_key, payload
      from unnest(:ids, :owners, :books, :kinds, :mediaTypes, :tiers, :firsts, :lasts, :afters,
                  :retries, :createdAts::timestamptz[], :priorities, :notBefores::timestamptz[],
                  :limitKeys, :limitConcurrencies, :limitStarts, :deadlines, :memories,
                  :inputBytes, :uniqueKeys, :payloads::bytea[])
           as new (id, owner_id, book_id, kind, media_type, tier, first_chapter, last_chapter,
                   after, retry_of, created_at, priority, not_before, limit_key,
                   limit_concurrency, limit_starts_per_minute, deadline_millis, memory_bytes,
                   input_bytes, unique_key, payload)
      where not exists (select from server_death where incarnation = :incarnation)
      """;

  private static final String EXISTING =
      """
      select id from job where id = any(:ids)
      """;

  private static final String ENDED =
      """
      select job_id, ending from outcome where job_id = any(:ids) and final
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
        and not exists (select from job as later where later.retry_of = job.id)
      limit 20000
      """;

  @Override
  public void insert(Handle handle, long incarnation, List<Job> jobs, List<Long> retryOf) {
    handle
        .createQuery(GUARD)
        .bind("incarnation", incarnation)
        .bind("batch", jobs.getFirst().id())
        .mapToMap()
        .one();
    int inserted =
        handle
            .createUpdate(INSERT)
            .bind("incarnation", incarnation)
            .bindArray("ids", Long.class, jobs.stream().map(Job::id).toList())
            .bindArray("owners", UUID.class, jobs.stream().map(Job::owner).toList())
            .bindArray(
                "books", UUID.class, jobs.stream().map(j -> j.hasBook() ? j.book() : null).toList())
            .bindArray("kinds", String.class, jobs.stream().map(Job::kind).toList())
            .bindArray("mediaTypes", String.class, jobs.stream().map(Job::mediaType).toList())
            .bindArray("tiers", Integer.class, jobs.stream().map(Job::tier).toList())
            .bindArray("firsts", Integer.class, jobs.stream().map(Job::firstChapter).toList())
            .bindArray("lasts", Integer.class, jobs.stream().map(Job::lastChapter).toList())
            .bindArray(
                "afters", String.class, jobs.stream().map(PostgresJobStore::arrayOf).toList())
            .bindArray("retries", Long.class, retryOf)
            .bindArray(
                "createdAts",
                String.class,
                jobs.stream().map(j -> j.createdAt().toString()).toList())
            .bindArray("priorities", Integer.class, terms(jobs, Terms::priority))
            .bindArray(
                "notBefores",
                String.class,
                terms(
                    jobs,
                    t -> t.notBefore().isAfter(Instant.EPOCH) ? t.notBefore().toString() : null))
            .bindArray(
                "limitKeys",
                String.class,
                terms(jobs, t -> t.limit() == null ? null : t.limit().key()))
            .bindArray(
                "limitConcurrencies",
                Integer.class,
                terms(jobs, t -> t.limit() == null ? 0 : t.limit().concurrency()))
            .bindArray(
                "limitStarts",
                Integer.class,
                terms(jobs, t -> t.limit() == null ? 0 : t.limit().startsPerMinute()))
            .bindArray("deadlines", Long.class, terms(jobs, t -> t.deadline().toMillis()))
            .bindArray("memories", Long.class, terms(jobs, Terms::memoryBytes))
            .bindArray("inputBytes", Long.class, terms(jobs, Terms::inputBytes))
            .bindArray("uniqueKeys", String.class, terms(jobs, Terms::uniqueKey))
            .bindArray("payloads", String.class, terms(jobs, PostgresJobStore::hex))
            .execute();
    if (inserted != jobs.size()) {
      throw new IncarnationDeadException(incarnation);
    }
  }

  private static String hex(Terms terms) {
    return "\\x" + HexFormat.of().formatHex(terms.payload().toByteArray());
  }

  private static <T extends @Nullable Object> List<T> terms(
      List<Job> jobs, Function<Terms, T> part) {
    List<T> parts = new ArrayList<>();
    jobs.forEach(job -> parts.add(part.apply(job.terms())));
    return parts;
  }

  // Arrays of unequal length cannot be nested in one; each travels as its literal.
  private static String arrayOf(Job job) {
    return job.after().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public boolean committed(Handle handle, List<Long> jobs) {
    handle.createQuery(WAIT_FOR).bind("batch", jobs.getFirst()).mapToMap().one();
    return handle
            .createQuery(EXISTING)
            .bindArray("ids", Long.class, jobs)
            .mapTo(Long.class)
            .list()
            .size()
        == jobs.size();
  }

  @Override
  public Map<Long, Boolean> ended(Handle handle, Set<Long> jobs) {
    Map<Long, Boolean> succeeded = new HashMap<>();
    handle
        .createQuery(ENDED)
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
