package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.server.jobs.schedule.History;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** Servers that live, die and inherit, in Postgres. Stateless. */
final class PostgresIncarnationStore implements IncarnationStore {
  private static final String INSERT =
      """
      insert into server (name) values (:name) returning incarnation
      """;

  private static final String HEARTBEAT =
      """
      update server set heartbeat_at = clock_timestamp()
      where incarnation = :incarnation
        and not exists (select from server_death where incarnation = :incarnation)
      """;

  // A former self, or one that was silent for too long by the database's own clock. Whether silence
  // means anything the caller knows: after an outage of the database everybody has been silent.
  private static final String DEAD =
      """
      select server.incarnation
      from server
      where server.incarnation <> :me
        and ((server.name = :name and server.incarnation < :me)
             or (:silent
                 and server.heartbeat_at < clock_timestamp() - :silence * interval '1 millisecond'))
        and not exists (select from server_death where incarnation = server.incarnation)
      order by server.incarnation
      limit 1000
      """;

  // Waits for transactions of the dead that still add jobs; none can begin after the commit.
  private static final String LOCK =
      """
      select pg_advisory_xact_lock(incarnation)
      from unnest(:dead) as dead (incarnation)
      """;

  private static final String BURY =
      """
      insert into server_death (incarnation, heir)
      select server.incarnation, :me
      from server
      where server.incarnation = any(:dead)
        and ((server.name = :name and server.incarnation < :me)
             or (:silent
                 and server.heartbeat_at < clock_timestamp() - :silence * interval '1 millisecond'))
      order by server.incarnation
      on conflict do nothing
      """;

  private static final String INHERITED =
      """
      with recursive inherited (incarnation) as (
        select incarnation from server_death where heir = :me
        union
        select server_death.incarnation
        from server_death
        join inherited on server_death.heir = inherited.incarnation
      )
      select incarnation
      from inherited
      where not exists (select from server_settled where incarnation = inherited.incarnation)
      order by incarnation
      """;

  private static final String UNFINISHED =
      "select "
          + JobRow.COLUMNS
          + """
          from job_day
          cross join lateral (
            select *
            from job
            where id > greatest(:above, (day::bigint << 48) + (:incarnation << 28))
              and id < (day::bigint << 48) + ((:incarnation + 1) << 28)
              and not exists (
                select from outcome
                where outcome.job_id = job.id and outcome.final
                  and outcome.job_id < (day + 1)::bigint << 48)
            order by id
            limit 2000) as unfinished
          order by id
          limit 2000
          """;

  private static final String HISTORY =
      """
      select job_id, ending, worker, retry_at
      from outcome
      where job_id = any(:jobs) and job_id between :low and :high
      order by job_id, attempt
      """;

  private static final String STARTED =
      """
      select dispatch.job_id, dispatch.attempt, dispatch.token, dispatch.worker,
             dispatch.started_at
      from dispatch
      where dispatch.job_id = any(:jobs) and dispatch.job_id between :low and :high
        and not exists (
          select from outcome
          where outcome.job_id = dispatch.job_id and outcome.attempt = dispatch.attempt
            and outcome.job_id between :low and :high)
      """;

  private static final String SETTLE =
      """
      insert into server_settled (incarnation)
      select incarnation from unnest(:settled) as settled (incarnation)
      on conflict do nothing
      """;

  @Override
  public long insert(Handle handle, String name) {
    return handle.createQuery(INSERT).bind("name", name).mapTo(Long.class).one();
  }

  @Override
  public boolean heartbeat(Handle handle, long incarnation) {
    return handle.createUpdate(HEARTBEAT).bind("incarnation", incarnation).execute() == 1;
  }

  @Override
  public List<Long> dead(Handle handle, Inquest inquest) {
    Query query = handle.createQuery(DEAD);
    bind(query, inquest);
    return query.mapTo(Long.class).list();
  }

  @Override
  public void bury(Handle handle, Inquest inquest, List<Long> dead) {
    handle.createQuery(LOCK).bindArray("dead", Long.class, dead).mapToMap().list();
    Update update = handle.createUpdate(BURY).bindArray("dead", Long.class, dead);
    bind(update, inquest);
    update.execute();
  }

  @Override
  public List<Long> inherited(Handle handle, long me) {
    return handle.createQuery(INHERITED).bind("me", me).mapTo(Long.class).list();
  }

  @Override
  public List<Job> unfinished(Handle handle, long incarnation, long above) {
    return handle
        .createQuery(UNFINISHED)
        .bind("above", above)
        .bind("incarnation", incarnation)
        .map(JobRow::map)
        .list();
  }

  @Override
  public Map<Long, Past> pasts(Handle handle, List<Long> jobs) {
    Map<Long, Past> pasts = new HashMap<>();
    handle
        .createQuery(HISTORY)
        .bindMethods(Span.of(jobs))
        .bindArray("jobs", Long.class, jobs)
        .map(
            (row, context) -> {
              long job = row.getLong("job_id");
              History before = pasts.getOrDefault(job, Past.NONE).history();
              History history =
                  before.with(
                      Ending.valueOf(row.getString("ending")),
                      Objects.requireNonNullElse(row.getString("worker"), ""));
              Instant retryAt = JobRow.instant(row, "retry_at");
              return pasts.put(
                  job,
                  new Past(
                      history,
                      Objects.requireNonNullElse(retryAt, Instant.EPOCH),
                      retryAt == null));
            })
        .list();
    return pasts;
  }

  @Override
  public List<Dispatch> started(Handle handle, List<Long> jobs) {
    return handle
        .createQuery(STARTED)
        .bindMethods(Span.of(jobs))
        .bindArray("jobs", Long.class, jobs)
        .map(
            (row, context) ->
                new Dispatch(
                    new AttemptKey(
                        row.getLong("job_id"), row.getInt("attempt"), row.getLong("token")),
                    row.getString("worker"),
                    Objects.requireNonNull(JobRow.instant(row, "started_at"))))
        .list();
  }

  @Override
  public void settle(Handle handle, List<Long> settled) {
    handle.createUpdate(SETTLE).bindArray("settled", Long.class, settled).execute();
  }

  private static void bind(SqlStatement<?> statement, Inquest inquest) {
    statement
        .bind("me", inquest.me())
        .bind("name", inquest.name())
        .bind("silent", inquest.silent())
        .bind("silence", inquest.silence().toMillis());
  }
}
