package dev.scriptorium.server.jobs;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.schedule.KeyLimit;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads rows of the job tables. */
final class JobRow {
  private JobRow() {}

  /** What {@link #map} reads. */
  static final String COLUMNS =
      """
      id, owner_id, book_id, kind, media_type, tier, first_chapter, last_chapter, after, created_at,
      priority, not_before, limit_key, limit_concurrency, limit_starts_per_minute, deadline_millis,
      memory_bytes, input_bytes, unique_key, payload
      """;

  static Job map(ResultSet row, StatementContext context) throws SQLException {
    return new Job(
        row.getLong("id"),
        row.getObject("owner_id", UUID.class),
        Objects.requireNonNullElse(row.getObject("book_id", UUID.class), Job.NO_BOOK),
        row.getString("kind"),
        row.getString("media_type"),
        row.getInt("tier"),
        row.getInt("first_chapter"),
        row.getInt("last_chapter"),
        after(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        terms(row));
  }

  private static Terms terms(ResultSet row) throws SQLException {
    String key = row.getString("limit_key");
    byte @Nullable [] payload = row.getBytes("payload");
    return new Terms(
        row.getInt("priority"),
        Objects.requireNonNullElse(instant(row, "not_before"), Instant.EPOCH),
        key == null
            ? null
            : new KeyLimit(
                key, row.getInt("limit_concurrency"), row.getInt("limit_starts_per_minute")),
        Duration.ofMillis(row.getLong("deadline_millis")),
        row.getLong("memory_bytes"),
        row.getLong("input_bytes"),
        Objects.requireNonNullElse(row.getString("unique_key"), ""),
        payload == null ? ByteString.EMPTY : ByteString.copyFrom(payload));
  }

  private static List<Long> after(ResultSet row) throws SQLException {
    Array after = row.getArray("after");
    return after == null ? List.of() : List.of((Long[]) after.getArray());
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
