package dev.scriptorium.server.analysis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on what an analysis begins with. Thread-safe. */
final class ReanalysisStore {
  /**
   * A book's file, and how far its import is.
   *
   * @param mediaType by content
   * @param sizeBytes length of the file
   * @param parsed true when tier 2 has ended well
   * @param running true when tier 3 has begun and not ended
   */
  record State(String mediaType, long sizeBytes, boolean parsed, boolean running) {}

  /** Counts a change of a book that is not deleted, and locks its row; false when there is none. */
  boolean touch(Handle handle, UUID owner, UUID book, Instant now) {
    return handle
            .createUpdate(
                """
                update book set revision = revision + 1, updated_at = :now
                where book_id = :book and owner_id = :owner and deleted_at is null
                """)
            .bind("book", book)
            .bind("owner", owner)
            .bind("now", now)
            .execute()
        == 1;
  }

  /** How far a locked book is; empty when it has no file. */
  Optional<State> state(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select f.media_type, f.size_bytes,
              exists (
                select from book_stage s
                where s.book_id = f.book_id and s.owner_id = f.owner_id
                  and s.tier = 2 and s.state = 'DONE') as parsed,
              exists (
                select from book_stage s
                where s.book_id = f.book_id and s.owner_id = f.owner_id
                  and s.tier = 3 and s.state = 'WAITING') as running
            from book_file f
            where f.book_id = :book and f.owner_id = :owner
            """)
        .bind("book", book)
        .bind("owner", owner)
        .map(
            (row, _) ->
                new State(
                    row.getString("media_type"),
                    row.getLong("size_bytes"),
                    row.getBoolean("parsed"),
                    row.getBoolean("running")))
        .findOne();
  }

  /** Words of every chapter, in reading order. */
  List<Integer> words(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select word_count from chapter
            where book_id = :book and owner_id = :owner
            order by ordinal
            """)
        .bind("book", book)
        .bind("owner", owner)
        .mapTo(Integer.class)
        .list();
  }
}
