package dev.scriptorium.server.jobs;

import com.google.protobuf.InvalidProtocolBufferException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** SQL of schedules. Stateless. */
final class ScheduleStore {
  private static final String ALL =
      """
      select name, owner_id, every_millis, job, next_at from job_schedule order by name limit 1000
      """;

  private static final String PUT =
      """
      insert into job_schedule (name, owner_id, every_millis, job, next_at)
      values (:name, :owner, :every, :job,
              coalesce(:next, clock_timestamp() + :every * interval '1 millisecond'))
      on conflict (name) do update
      set owner_id = excluded.owner_id, every_millis = excluded.every_millis, job = excluded.job,
          next_at = excluded.next_at
      returning name, owner_id, every_millis, job, next_at
      """;

  private static final String DELETE =
      """
      delete from job_schedule where name = :name
      """;

  // One server gets the turn, and by the database's clock. Turns that were missed are one.
  private static final String TAKE_TURN =
      """
      update job_schedule
      set next_at = next_at + every_millis * interval '1 millisecond'
          * (1 + floor(extract(epoch from clock_timestamp() - next_at) * 1000 / every_millis))
      where name = :name and next_at = :seen and next_at <= clock_timestamp()
      """;

  /**
   * Jobs that come again and again.
   *
   * @param name of the schedule
   * @param owner whose jobs they are
   * @param every time between turns
   * @param job what to add
   * @param nextAt when the next turn is due
   */
  record Row(
      String name, UUID owner, Duration every, dev.scriptorium.v1.NewJob job, Instant nextAt) {}

  List<Row> all(Handle handle) {
    return handle.createQuery(ALL).map(ScheduleStore::row).list();
  }

  /** Adds or replaces; without a next turn it is one interval from now. */
  Row put(Handle handle, Row row, Optional<Instant> next) {
    return handle
        .createQuery(PUT)
        .bind("name", row.name)
        .bind("owner", row.owner)
        .bind("every", row.every.toMillis())
        .bind("job", row.job.toByteArray())
        .bind("next", next)
        .map(ScheduleStore::row)
        .one();
  }

  /** False when there is none. */
  boolean delete(Handle handle, String name) {
    return handle.createUpdate(DELETE).bind("name", name).execute() == 1;
  }

  /** True when the turn is due and nobody has taken it before. */
  boolean takeTurn(Handle handle, Row row) {
    return handle.createUpdate(TAKE_TURN).bind("name", row.name).bind("seen", row.nextAt).execute()
        == 1;
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    try {
      return new Row(
          row.getString("name"),
          row.getObject("owner_id", UUID.class),
          Duration.ofMillis(row.getLong("every_millis")),
          dev.scriptorium.v1.NewJob.parseFrom(row.getBytes("job")),
          row.getObject("next_at", OffsetDateTime.class).toInstant());
    } catch (InvalidProtocolBufferException e) {
      throw new SQLException("schedule " + row.getString("name") + " cannot be read", e);
    }
  }
}
