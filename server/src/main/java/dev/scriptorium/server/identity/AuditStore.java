package dev.scriptorium.server.identity;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements on the record of changes, which is only added to. Thread-safe. */
final class AuditStore {
  /**
   * A line of the record.
   *
   * @param id grows with time; 0 before it is written
   * @param actor null for nobody
   * @param key public part of the key; empty for none
   * @param action the method's name
   * @param done false when it was refused
   */
  record Entry(
      long id,
      Instant at,
      @Nullable UUID actor,
      String key,
      String action,
      String target,
      boolean done,
      String detail) {}

  void insert(Handle handle, Entry entry) {
    handle
        .createUpdate(
            """
            insert into audit_event (at, actor_id, key_id, action, target, done, detail)
            values (:at, :actor::uuid, :key, :action, :target, :done, :detail)
            """)
        .bind("at", entry.at())
        .bind("actor", entry.actor())
        .bind("key", entry.key())
        .bind("action", entry.action())
        .bind("target", entry.target())
        .bind("done", entry.done())
        .bind("detail", entry.detail())
        .execute();
  }

  /** Lines newest first, before one. */
  List<Entry> list(Handle handle, long before, int limit) {
    return handle
        .createQuery(
            """
            select id, at, actor_id, key_id, action, target, done, detail
              from audit_event where id < :before order by id desc limit :limit
            """)
        .bind("before", before)
        .bind("limit", limit)
        .map(
            (row, _) ->
                new Entry(
                    row.getLong("id"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getObject("actor_id", UUID.class),
                    row.getString("key_id"),
                    row.getString("action"),
                    row.getString("target"),
                    row.getBoolean("done"),
                    row.getString("detail")))
        .list();
  }
}
