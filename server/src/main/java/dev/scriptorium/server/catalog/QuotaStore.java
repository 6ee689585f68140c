package dev.scriptorium.server.catalog;

import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements on how much an owner may keep, and keeps. Thread-safe. */
final class QuotaStore {
  /** What an owner may keep; empty for no limit. */
  record Quota(OptionalLong maxBooks, OptionalLong maxBytes) {
    boolean unlimited() {
      return maxBooks.isEmpty() && maxBytes.isEmpty();
    }
  }

  /** Books that are not deleted; the bytes of their files and of unfinished uploads. */
  record Used(long books, long bytes) {}

  Quota quota(Handle handle, UUID owner) {
    return handle
        .createQuery("select max_books, max_bytes from account where id = :owner")
        .bind("owner", owner)
        .map(
            (row, _) ->
                new Quota(
                    limit(row.getObject("max_books", Long.class)),
                    limit(row.getObject("max_bytes", Long.class))))
        .findOne()
        .orElseGet(() -> new Quota(OptionalLong.empty(), OptionalLong.empty()));
  }

  /** Makes uploads of an owner with a limit wait for each other until the transaction ends. */
  void lock(Handle handle, UUID owner) {
    handle
        .createQuery("select 1 from pg_advisory_xact_lock(hashtextextended('quota ' || :owner, 0))")
        .bind("owner", owner.toString())
        .mapTo(Integer.class)
        .one();
  }

  /** Counts anew: asked only of owners with a limit, who have no more than that. */
  Used used(Handle handle, UUID owner) {
    return handle
        .createQuery(
            """
            select count(*) as books, coalesce(sum(size_bytes), 0) + (
                select coalesce(sum(u.size_bytes), 0) from upload u
                where u.owner_id = :owner and u.finished_at is null) as bytes
              from book_file where owner_id = :owner and deleted_at is null
            """)
        .bind("owner", owner)
        .map((row, _) -> new Used(row.getLong("books"), row.getLong("bytes")))
        .one();
  }

  private static OptionalLong limit(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
