package dev.scriptorium.server.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on saved filters. Thread-safe. */
final class SavedFilterStore {
  /** A filter as the database has it. */
  record Saved(
      UUID id, long revision, String title, String filter, String orderBy, Instant updatedAt) {}

  /** Those of a user by title. */
  List<Saved> list(Handle handle, UUID owner, int limit) {
    return handle
        .createQuery(
            """
            select * from (
              select filter_id, revision, title, filter, order_by, updated_at
              from saved_filter
              where owner_id = :owner
              order by filter_id
              limit :limit) s
            order by fold(s.title) collate "C", s.filter_id
            """)
        .bind("owner", owner)
        .bind("limit", limit)
        .map(SavedFilterStore::read)
        .list();
  }

  /** One, locked until the transaction ends. */
  Optional<Saved> lock(Handle handle, UUID owner, UUID id) {
    return handle
        .createQuery(
            """
            select filter_id, revision, title, filter, order_by, updated_at
            from saved_filter
            where owner_id = :owner and filter_id = :id
            for update
            """)
        .bind("owner", owner)
        .bind("id", id)
        .map(SavedFilterStore::read)
        .findOne();
  }

  /** Makes or replaces one, and gives its revision. */
  long put(Handle handle, UUID owner, Saved saved) {
    return handle
        .createQuery(
            """
            insert into saved_filter as s (owner_id, filter_id, title, filter, order_by, updated_at)
            values (:owner, :id, :title, :filter, :orderBy, :now)
            on conflict (owner_id, filter_id) do update set title = excluded.title,
              filter = excluded.filter, order_by = excluded.order_by,
              updated_at = excluded.updated_at, revision = s.revision + 1
            returning revision
            """)
        .bind("owner", owner)
        .bind("id", saved.id())
        .bind("title", saved.title())
        .bind("filter", saved.filter())
        .bind("orderBy", saved.orderBy())
        .bind("now", saved.updatedAt())
        .mapTo(Long.class)
        .one();
  }

  /** How many a user has. */
  int count(Handle handle, UUID owner) {
    return handle
        .createQuery("select count(*) from saved_filter where owner_id = :owner")
        .bind("owner", owner)
        .mapTo(Integer.class)
        .one();
  }

  /** False when there is none. */
  boolean delete(Handle handle, UUID owner, UUID id) {
    return handle
            .createUpdate("delete from saved_filter where owner_id = :owner and filter_id = :id")
            .bind("owner", owner)
            .bind("id", id)
            .execute()
        == 1;
  }

  private static Saved read(ResultSet row, StatementContext context) throws SQLException {
    return new Saved(
        row.getObject("filter_id", UUID.class),
        row.getLong("revision"),
        row.getString("title"),
        row.getString("filter"),
        row.getString("order_by"),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
