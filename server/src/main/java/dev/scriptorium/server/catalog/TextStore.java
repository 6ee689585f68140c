package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on the index of texts. Thread-safe. */
final class TextStore {
  /**
   * A book whose text is to be indexed.
   *
   * @param queuedAt tells whether it was queued again meanwhile
   */
  record Queued(UUID book, UUID owner, OffsetDateTime queuedAt) {}

  /**
   * A chapter to be indexed.
   *
   * @param language its own, else the book's; may be empty
   */
  record Source(int ordinal, String language, PieceStore.Piece content) {}

  /**
   * A stretch of a chapter's text.
   *
   * @param start first code point of it in the chapter
   * @param end one past the last
   * @param text without U+0000
   */
  record Stretch(int ordinal, int start, int end, String language, String text) {}

  /** A book that waits and that no other server has at hand, until the transaction ends. */
  Optional<Queued> next(Handle handle) {
    return handle
        .createQuery(
            """
            select book_id, owner_id, queued_at
            from (select * from text_queue order by queued_at limit 20) q
            where pg_try_advisory_xact_lock(hashtextextended('text ' || book_id, 0))
            limit 1
            """)
        .map(
            (row, _) ->
                new Queued(
                    row.getObject("book_id", UUID.class),
                    row.getObject("owner_id", UUID.class),
                    row.getObject("queued_at", OffsetDateTime.class)))
        .findOne();
  }

  /** The chapters of a book, in reading order. */
  List<Source> chapters(Handle handle, Queued book) {
    return handle
        .createQuery(
            """
            select c.ordinal, coalesce(nullif(c.language, ''), b.language[1], '') as language,
              c.pack_offset, c.pack_length, c.sha256, p.sha256 as pack
            from chapter c
            join book b on b.book_id = c.book_id
            join book_pack p on p.book_id = c.book_id and p.tier = 2
            where c.book_id = :book and c.owner_id = :owner
            order by c.ordinal
            """)
        .bind("book", book.book())
        .bind("owner", book.owner())
        .map(
            (row, _) ->
                new Source(
                    row.getInt("ordinal"),
                    row.getString("language"),
                    new PieceStore.Piece(
                        "",
                        "",
                        new Sha256(row.getString("pack")),
                        row.getLong("pack_offset"),
                        row.getInt("pack_length"),
                        row.getString("sha256"))))
        .list();
  }

  void delete(Handle handle, Queued book) {
    handle
        .createUpdate("delete from chapter_text where book_id = :book and owner_id = :owner")
        .bind("book", book.book())
        .bind("owner", book.owner())
        .execute();
  }

  void insert(Handle handle, Queued book, List<Stretch> stretches) {
    handle
        .createUpdate(
            """
            insert into chapter_text (book_id, ordinal, start_offset, owner_id, end_offset, language,
              words)
            select :book, ordinal, start, :owner, stop, language,
              to_tsvector(text_config(language), body)
            from unnest(:ordinals::int[], :starts::int[], :ends::int[], :languages::text[],
              :texts::text[]) as s (ordinal, start, stop, language, body)
            """)
        .bind("book", book.book())
        .bind("owner", book.owner())
        .bind("ordinals", stretches.stream().map(Stretch::ordinal).toArray(Integer[]::new))
        .bind("starts", stretches.stream().map(Stretch::start).toArray(Integer[]::new))
        .bind("ends", stretches.stream().map(Stretch::end).toArray(Integer[]::new))
        .bind("languages", stretches.stream().map(Stretch::language).toArray(String[]::new))
        .bind("texts", stretches.stream().map(Stretch::text).toArray(String[]::new))
        .execute();
  }

  /** The book is done, unless it was queued again. */
  void done(Handle handle, Queued book) {
    handle
        .createUpdate("delete from text_queue where book_id = :book and queued_at = :queuedAt")
        .bind("book", book.book())
        .bind("queuedAt", book.queuedAt())
        .execute();
  }
}
