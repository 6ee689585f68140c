package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on books that are deleted and not yet purged. Thread-safe. */
final class TrashStore {
  /**
   * A book in either state.
   *
   * @param content of its file
   */
  record Held(long revision, boolean deleted, Sha256 content) {}

  /** Locks a book, deleted or not. */
  Optional<Held> lock(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select b.revision, b.deleted_at is not null as deleted, f.sha256
            from book b
            join book_file f on f.book_id = b.book_id and f.owner_id = b.owner_id
            where b.book_id = :book and b.owner_id = :owner
            for update of b
            """)
        .bind("book", book)
        .bind("owner", owner)
        .map(
            (row, _) ->
                new Held(
                    row.getLong("revision"),
                    row.getBoolean("deleted"),
                    new Sha256(row.getString("sha256"))))
        .findOne();
  }

  void undelete(Handle handle, UUID owner, UUID book, Instant now) {
    handle
        .createUpdate(
            """
            with file as (
              update book_file set deleted_at = null where book_id = :book and owner_id = :owner)
            update book set deleted_at = null, purge_at = null, updated_at = :now,
              revision = revision + 1
            where book_id = :book and owner_id = :owner
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("now", now)
        .execute();
  }

  /** Removes a book and all that hangs on it. */
  void purge(Handle handle, UUID owner, UUID book) {
    handle
        .createUpdate("delete from book where book_id = :book and owner_id = :owner")
        .bind("book", book)
        .bind("owner", owner)
        .execute();
  }

  /**
   * Removes deleted books whose time has come.
   *
   * @return which; at most {@code limit}
   */
  List<UUID> purgeDue(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            """
            delete from book where book_id in (
              select book_id from book where purge_at < :now
              order by purge_at limit :limit for update skip locked)
            returning book_id
            """)
        .bind("now", now)
        .bind("limit", limit)
        .mapTo(UUID.class)
        .list();
  }
}
