package dev.scriptorium.server.jobs;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.jobs.schedule.Decision;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Dispatches and outcomes in Postgres. Stateless. */
final class PostgresOutcomeStore implements OutcomeStore {
  private static final String INSERT_DISPATCHES =
      """
      insert into dispatch (job_id, attempt, incarnation, worker, token, started_at)
      select job_id, attempt, :incarnation, worker, token, started_at
      from unnest(:jobs, :attempts, :workers, :tokens, :startedAts::timestamptz[])
           as new (job_id, attempt, worker, token, started_at)
      on conflict do nothing
      """;

  private static final String INSERT =
      """
      insert into outcome (job_id, attempt, ending, final, token, worker, ended_at, retry_at,
                           reason, message, limit_reached, cause, log_tail,
                           peak_memory_bytes, cpu_millis, elapsed_millis,
                           result_sha256, result_bytes, pack_sha256, pack_bytes)
      values (:job, :attempt, :ending, :final, :token, :worker, :endedAt, :retryAt,
              :reason, :message, :limit, :cause, :logTail,
              :peakMemory, :cpuMillis, :elapsedMillis,
              :resultSha256, :resultBytes, :packSha256, :packBytes)
      on conflict do nothing
      """;

  // Of every job the attempt after its last outcome; those jobs never started one.
  private static final String INSERT_FALLEN =
      """
      insert into outcome (job_id, attempt, ending, final, token, worker, ended_at, retry_at,
                           reason, message, limit_reached, cause, log_tail,
                           peak_memory_bytes, cpu_millis, elapsed_millis)
      select fallen.id, fallen.attempt, 'FAILED', true, null, '', :endedAt, null,
             :reason, :message, '', '', '', 0, 0, 0
      from unnest(:jobs, :attempts) as fallen (id, attempt)
      order by fallen.id
      on conflict do nothing
      returning job_id
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
      where job_id = any(:jobs) and final and ending = 'SUCCEEDED' and result_sha256 is not null
      """;

  private static final String TOKENS =
      """
      select outcome.job_id, outcome.attempt, coalesce(outcome.token, 0) as token
      from outcome
      join unnest(:jobs, :attempts) as held (job_id, attempt)
        on outcome.job_id = held.job_id and outcome.attempt = held.attempt
      """;

  @Override
  public void insertDispatches(Handle handle, long incarnation, List<Dispatch> dispatches) {
    handle
        .createUpdate(INSERT_DISPATCHES)
        .bind("incarnation", incarnation)
        .bindArray("jobs", Long.class, dispatches.stream().map(d -> d.attempt().job()).toList())
        .bindArray(
            "attempts", Integer.class, dispatches.stream().map(d -> d.attempt().attempt()).toList())
        .bindArray("workers", String.class, dispatches.stream().map(Dispatch::worker).toList())
        .bindArray("tokens", Long.class, dispatches.stream().map(d -> d.attempt().token()).toList())
        .bindArray(
            "startedAts",
            String.class,
            dispatches.stream().map(d -> d.startedAt().toString()).toList())
        .execute();
  }

  @Override
  public Set<AttemptRef> insert(Handle handle, List<Outcome> outcomes) {
    Set<AttemptRef> won = new HashSet<>();
    outcomes.stream()
        .sorted(
            Comparator.comparingLong((Outcome outcome) -> outcome.report().job())
                .thenComparingInt(outcome -> outcome.report().attempt()))
        .filter(outcome -> insert(handle, outcome))
        .map(outcome -> new AttemptRef(outcome.report().job(), outcome.report().attempt()))
        .forEach(won::add);
    return won;
  }

  private static boolean insert(Handle handle, Outcome outcome) {
    Report report = outcome.report();
    Failure failure = report.failure();
    StoredBlob result = report.result();
    StoredBlob pack = report.pack();
    return handle
            .createUpdate(INSERT)
            .bind("job", report.job())
            .bind("attempt", report.attempt())
            .bind("ending", outcome.decision().ending().name())
            .bind("final", outcome.decision().last())
            .bind("token", report.token())
            .bind("worker", report.worker())
            .bind("endedAt", outcome.endedAt())
            .bind("retryAt", outcome.decision().retryAt())
            .bind("reason", reasonName(failure.getReason()))
            .bind("message", failure.getMessage())
            .bind("limit", failure.getLimit())
            .bind("cause", report.details().cause())
            .bind("logTail", report.details().logTail())
            .bind("peakMemory", report.usage().getPeakMemoryBytes())
            .bind("cpuMillis", report.usage().getCpuMillis())
            .bind("elapsedMillis", report.usage().getElapsedMillis())
            .bind("resultSha256", result == null ? null : result.sha256().hex())
            .bind("resultBytes", result == null ? null : (Long) result.sizeBytes())
            .bind("packSha256", pack == null ? null : pack.sha256().hex())
            .bind("packBytes", pack == null ? null : (Long) pack.sizeBytes())
            .execute()
        == 1;
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
        row.getString("worker"));
  }

  @Override
  public Map<Long, StoredBlob> results(Handle handle, List<Long> jobs) {
    return handle
        .createQuery(RESULTS)
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
