package dev.scriptorium.server.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads rows of the job tables. */
final class JobRow {
  private JobRow() {}

  static Job map(ResultSet row, StatementContext context) throws SQLException {
    return new Job(
        row.getLong("id"),
        row.getObject("owner_id", UUID.class),
        row.getObject("book_id", UUID.class),
        row.getString("kind"),
        row.getString("media_type"),
        row.getInt("tier"),
        row.getInt("first_chapter"),
        row.getInt("last_chapter"),
        List.of((Long[]) row.getArray("after").getArray()),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
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
