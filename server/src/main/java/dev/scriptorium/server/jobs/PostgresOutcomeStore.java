package dev.scriptorium.server.jobs;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.OneTrip;
import dev.scriptorium.server.database.Rows;
import dev.scriptorium.server.jobs.schedule.Decision;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.worker.v1.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Dispatches and outcomes in Postgres. Stateless. */
final class PostgresOutcomeStore implements OutcomeStore {
  // That of the keys, so that two servers never wait for each other.
  private static final Comparator<Outcome> ORDER =
      Comparator.comparingLong((Outcome outcome) -> outcome.report().job())
          .thenComparingInt(outcome -> outcome.report().attempt());

  private static final Rows<Dispatch> DISPATCH_COLUMNS =
      Rows.<Dispatch>of()
          .with("job_id", Rows.Kind.BIGINT, dispatch -> dispatch.attempt().job())
          .with("attempt", Rows.Kind.SMALLINT, dispatch -> (short) dispatch.attempt().attempt())
          .with("token", Rows.Kind.BIGINT, dispatch -> dispatch.attempt().token())
          .with("started_at", Rows.Kind.INSTANT, Dispatch::startedAt)
          .with("worker", Rows.Kind.TEXT, Dispatch::worker);

  // A server that does not know yet that it is dead must neither begin nor end what its heir does.
  // A statement of its own, in the same round trip: what the insert sees must not be older than
  // the lock.
  private static final String GUARD =
      """
      select pg_advisory_xact_lock_shared(:incarnation);
      """;

  private static final String INSERT_DISPATCHES =
      GUARD
          + """
          insert into dispatch (incarnation, job_id, attempt, token, started_at, worker)
          select :incarnation, new.*
          """
          + DISPATCH_COLUMNS.from()
          + """
          where not exists (select from server_death where incarnation = :incarnation)
          on conflict do nothing
          """;

  // Most outcomes have nothing of what comes after the worker.
  private static final Rows<Outcome> COLUMNS =
      Rows.<Outcome>of()
          .with("job_id", Rows.Kind.BIGINT, outcome -> outcome.report().job())
          .with("attempt", Rows.Kind.SMALLINT, outcome -> (short) outcome.report().attempt())
          .with("token", Rows.Kind.BIGINT, outcome -> outcome.report().token())
          .with("ended_at", Rows.Kind.INSTANT, Outcome::endedAt)
          .with("ending", Rows.Kind.ENDING, outcome -> outcome.decision().ending().name())
          .with("final", Rows.Kind.BOOLEAN, outcome -> outcome.decision().last())
          .with("worker", Rows.Kind.TEXT, outcome -> text(outcome.report().worker()))
          .with("retry_at", Rows.Kind.INSTANT, outcome -> outcome.decision().retryAt())
          .with("peak_memory_bytes", Rows.Kind.BIGINT, usage(Usage::getPeakMemoryBytes))
          .with("cpu_millis", Rows.Kind.BIGINT, usage(Usage::getCpuMillis))
          .with("elapsed_millis", Rows.Kind.BIGINT, usage(Usage::getElapsedMillis))
          .with(
              "reason",
              Rows.Kind.TEXT,
              outcome -> text(reasonName(outcome.report().failure().getReason())))
          .with("message", Rows.Kind.TEXT, outcome -> text(outcome.report().failure().getMessage()))
          .with(
              "limit_reached",
              Rows.Kind.TEXT,
              outcome -> text(outcome.report().failure().getLimit()))
          .with("cause", Rows.Kind.TEXT, outcome -> text(outcome.report().details().cause()))
          .with("log_tail", Rows.Kind.TEXT, outcome -> text(outcome.report().details().logTail()))
          .with("result_sha256", Rows.Kind.TEXT, outcome -> hash(outcome.report().result()))
          .with("result_bytes", Rows.Kind.BIGINT, outcome -> size(outcome.report().result()))
          .with("pack_sha256", Rows.Kind.TEXT, outcome -> hash(outcome.report().pack()))
          .with("pack_bytes", Rows.Kind.BIGINT, outcome -> size(outcome.report().pack()));

  private static final String INSERT =
      GUARD
          + COLUMNS.insertInto("outcome")
          + """
          where not exists (select from server_death where incarnation = :incarnation)
          on conflict do nothing
          """;

  private static final String DEAD =
      """
      select exists (select from server_death where incarnation = :incarnation)
      """;

  // Those of the rows that this very transaction has inserted.
  private static final String WON =
      """
      select job_id, attempt
      from outcome
      where job_id = any(:jobs) and job_id between :low and :high
        and xmin = pg_current_xact_id()::xid
      """;

  // Of every job the attempt after its last outcome; those jobs never started one.
  private static final String INSERT_FALLEN =
      """
      insert into outcome (job_id, attempt, ending, final, ended_at, reason, message)
      select fallen.id, fallen.attempt, 'FAILED', true, :endedAt, :reason, :message
      from unnest(:jobs, :attempts) as fallen (id, attempt)
      order by fallen.id
      on conflict do nothing
      returning job_id
      """;

  private static final String RELEASE_KEY =
      """
      delete from job_unique where owner_id = :owner and unique_key = :key and job_id = :job
      """;

  private static final Rows<Saved> SAVED_COLUMNS =
      Rows.<Saved>of()
          .with("job_id", Rows.Kind.BIGINT, saved -> saved.attempt().job())
          .with("attempt", Rows.Kind.SMALLINT, saved -> (short) saved.attempt().attempt())
          .with("at", Rows.Kind.INSTANT, Saved::at)
          .with("state", Rows.Kind.BYTES, saved -> saved.state().toByteArray());

  private static final String INSERT_CHECKPOINTS =
      """
      insert into checkpoint (number, job_id, attempt, at, state)
      select coalesce((select max(number) from checkpoint where job_id = new.job_id), 0) + 1, new.*
      """
          + SAVED_COLUMNS.from()
          + "on conflict do nothing";

  private static final String CHECKPOINT =
      """
      select state from checkpoint where job_id = :job order by attempt desc, number desc limit 1
      """;

  private static final String FIND =
      """
      select ending, token, worker, retry_at
      from outcome
      where job_id = :job and attempt = :attempt
      """;

  private static final String RESULTS =
      """
      select job_id, result_sha256, result_bytes
      from outcome
      where job_id = any(:jobs) and job_id between :low and :high
        and final and ending = 'SUCCEEDED' and result_sha256 is not null
      """;

  private static final String TOKENS =
      """
      select outcome.job_id, outcome.attempt, coalesce(outcome.token, 0) as token
      from outcome
      join unnest(:jobs, :attempts) as held (job_id, attempt)
        on outcome.job_id = held.job_id and outcome.attempt = held.attempt
      where outcome.job_id between :low and :high
      """;

  @Override
  public void insertDispatches(Handle handle, long incarnation, List<Dispatch> dispatches) {
    Update insert = handle.createUpdate(INSERT_DISPATCHES).bind("incarnation", incarnation);
    DISPATCH_COLUMNS.bind(insert, dispatches);
    if (OneTrip.countBehindQuery(insert) == 0) {
      checkAlive(handle, incarnation);
    }
  }

  @Override
  public Set<AttemptRef> insert(Handle handle, long incarnation, List<Outcome> outcomes) {
    List<Outcome> sorted = new ArrayList<>(outcomes);
    sorted.sort(ORDER);
    Update insert = handle.createUpdate(INSERT).bind("incarnation", incarnation);
    COLUMNS.bind(insert, sorted);
    int inserted = OneTrip.countBehindQuery(insert);
    if (inserted == 0) {
      checkAlive(handle, incarnation);
      return Set.of();
    }
    if (inserted == outcomes.size()) {
      Set<AttemptRef> all = HashSet.newHashSet(inserted);
      outcomes.forEach(outcome -> all.add(outcome.report().ref()));
      return all;
    }
    return won(handle, sorted.stream().map(outcome -> outcome.report().job()).toList());
  }

  private static void checkAlive(Handle handle, long incarnation) {
    if (handle.createQuery(DEAD).bind("incarnation", incarnation).mapTo(Boolean.class).one()) {
      throw new IncarnationDeadException(incarnation);
    }
  }

  private static Set<AttemptRef> won(Handle handle, List<Long> jobs) {
    return new HashSet<>(
        handle
            .createQuery(WON)
            .bindMethods(Span.of(jobs))
            .bindArray("jobs", Long.class, jobs)
            .map((row, context) -> new AttemptRef(row.getLong("job_id"), row.getInt("attempt")))
            .list());
  }

  private static Function<Outcome, @Nullable Long> usage(ToLongFunction<Usage> part) {
    return outcome -> {
      long value = part.applyAsLong(outcome.report().usage());
      return value == 0 ? null : (Long) value;
    };
  }

  private static @Nullable String text(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String hash(@Nullable StoredBlob blob) {
    return blob == null ? null : blob.sha256().hex();
  }

  private static @Nullable Long size(@Nullable StoredBlob blob) {
    return blob == null ? null : (Long) blob.sizeBytes();
  }

  @Override
  public Set<Long> insertFallen(
      Handle handle, Map<Long, Integer> attempts, String message, Instant endedAt) {
    return new HashSet<>(
        handle
            .createQuery(INSERT_FALLEN)
            .bindArray("jobs", Long.class, List.copyOf(attempts.keySet()))
            .bindArray("attempts", Integer.class, List.copyOf(attempts.values()))
            .bind("reason", reasonName(ErrorReason.ERROR_REASON_DEPENDENCY_FAILED))
            .bind("message", message)
            .bind("endedAt", endedAt)
            .mapTo(Long.class)
            .list());
  }

  @Override
  public void releaseKey(Handle handle, Job job) {
    handle
        .createUpdate(RELEASE_KEY)
        .bind("owner", job.owner())
        .bind("key", job.terms().uniqueKey())
        .bind("job", job.id())
        .execute();
  }

  @Override
  public void insertCheckpoints(Handle handle, List<Saved> checkpoints) {
    Update insert = handle.createUpdate(INSERT_CHECKPOINTS);
    SAVED_COLUMNS.bind(insert, checkpoints);
    insert.execute();
  }

  @Override
  public ByteString checkpoint(Handle handle, long job) {
    return handle
        .createQuery(CHECKPOINT)
        .bind("job", job)
        .map((row, context) -> ByteString.copyFrom(row.getBytes("state")))
        .findOne()
        .orElse(ByteString.EMPTY);
  }

  @Override
  public Optional<Stored> find(Handle handle, long job, int attempt) {
    return handle
        .createQuery(FIND)
        .bind("job", job)
        .bind("attempt", attempt)
        .map(PostgresOutcomeStore::stored)
        .findOne();
  }

  private static Stored stored(ResultSet row, StatementContext context) throws SQLException {
    return new Stored(
        new Decision(Ending.valueOf(row.getString("ending")), JobRow.instant(row, "retry_at")),
        JobRow.number(row, "token"),
        Objects.requireNonNullElse(row.getString("worker"), ""));
  }

  @Override
  public Map<Long, StoredBlob> results(Handle handle, List<Long> jobs) {
    return handle
        .createQuery(RESULTS)
        .bindMethods(Span.of(jobs))
        .bindArray("jobs", Long.class, jobs)
        .map(
            (row, context) ->
                Map.entry(
                    row.getLong("job_id"),
                    new StoredBlob(
                        new Sha256(row.getString("result_sha256")), row.getLong("result_bytes"))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public Map<AttemptRef, Long> tokens(Handle handle, List<AttemptRef> attempts) {
    return handle
        .createQuery(TOKENS)
        .bindMethods(Span.of(attempts.stream().map(AttemptRef::job).toList()))
        .bindArray("jobs", Long.class, attempts.stream().map(AttemptRef::job).toList())
        .bindArray("attempts", Integer.class, attempts.stream().map(AttemptRef::attempt).toList())
        .map(
            (row, context) ->
                Map.entry(
                    new AttemptRef(row.getLong("job_id"), row.getInt("attempt")),
                    row.getLong("token")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The reason as the API's errors name it; empty when there is none. */
  static String reasonName(ErrorReason reason) {
    return reason == ErrorReason.ERROR_REASON_UNSPECIFIED || reason == ErrorReason.UNRECOGNIZED
        ? ""
        : reason.name().substring("ERROR_REASON_".length());
  }
}
