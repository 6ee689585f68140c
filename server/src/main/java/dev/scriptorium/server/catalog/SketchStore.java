package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.TextStore.Queued;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on what texts are known by. Thread-safe. */
final class SketchStore {
  /** A book, and what its text is known by. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sketch(UUID book, long[] least) {}

  /**
   * Two books that may have nearly the same text, the older one first.
   *
   * @param live false when one of them is deleted
   */
  record Pair(
      UUID book, String title, UUID other, String otherTitle, boolean live, double likeness) {}

  /** Keeps what a text is known by, instead of what was known before. */
  void put(Handle handle, Queued book, TextSketch sketch) {
    handle
        .createUpdate("delete from book_band where book_id = :book and owner_id = :owner")
        .bind("book", book.book())
        .bind("owner", book.owner())
        .execute();
    if (!sketch.telling()) {
      handle
          .createUpdate("delete from book_sketch where book_id = :book and owner_id = :owner")
          .bind("book", book.book())
          .bind("owner", book.owner())
          .execute();
      return;
    }
    long[] least = sketch.least();
    handle
        .createUpdate(
            """
            with sketch as (
              insert into book_sketch (book_id, owner_id, least)
              values (:book, :owner, cast(:least as bigint[]))
              on conflict (book_id) do update set least = excluded.least)
            insert into book_band (book_id, owner_id, band)
            select distinct cast(:book as uuid), cast(:owner as uuid), band
            from unnest(cast(:bands as bigint[])) as b (band)
            """)
        .bind("book", book.book())
        .bind("owner", book.owner())
        .bind("least", boxed(least))
        .bind("bands", boxed(TextSketch.bands(least)))
        .execute();
  }

  /** What the text of a book is known by. */
  Optional<Sketch> find(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            "select book_id, least from book_sketch where book_id = :book and owner_id = :owner")
        .bind("book", book)
        .bind("owner", owner)
        .map((row, _) -> new Sketch(row.getObject("book_id", UUID.class), longs(row, "least")))
        .findOne();
  }

  /** Other books that are not deleted and share a band with one. */
  List<Sketch> alike(Handle handle, UUID owner, Sketch sketch, int limit) {
    return handle
        .createQuery(
            """
            select s.book_id, s.least
            from (
              select distinct x.book_id from book_band x
              where x.owner_id = :owner and x.band = any (:bands) and x.book_id <> :book
              limit :limit) c
            join book_sketch s on s.book_id = c.book_id and s.owner_id = :owner
            join book b on b.book_id = c.book_id and b.owner_id = :owner and b.deleted_at is null
            """)
        .bind("owner", owner)
        .bind("book", sketch.book())
        .bind("bands", boxed(TextSketch.bands(sketch.least())))
        .bind("limit", limit)
        .map((row, _) -> new Sketch(row.getObject("book_id", UUID.class), longs(row, "least")))
        .list();
  }

  /** Pairs that share a band, behind one of them. */
  List<Pair> pairs(Handle handle, UUID owner, UUID afterBook, UUID afterOther, int limit) {
    return handle
        .createQuery(
            """
            select p.book_id, b.title, s.least, p.other_id, o.title as other_title,
              t.least as others, b.deleted_at is null and o.deleted_at is null as live
            from (
              select distinct x.book_id, y.book_id as other_id
              from book_band x
              join book_band y on y.owner_id = x.owner_id and y.band = x.band
                and y.book_id > x.book_id
              where x.owner_id = :owner and x.book_id >= :book
                and (x.book_id, y.book_id) > (:book, :other)
              order by x.book_id, y.book_id
              limit :limit) p
            join book_sketch s on s.book_id = p.book_id and s.owner_id = :owner
            join book_sketch t on t.book_id = p.other_id and t.owner_id = :owner
            join book b on b.book_id = p.book_id and b.owner_id = :owner
            join book o on o.book_id = p.other_id and o.owner_id = :owner
            order by p.book_id, p.other_id
            """)
        .bind("owner", owner)
        .bind("book", afterBook)
        .bind("other", afterOther)
        .bind("limit", limit)
        .map(
            (row, _) ->
                new Pair(
                    row.getObject("book_id", UUID.class),
                    row.getString("title"),
                    row.getObject("other_id", UUID.class),
                    row.getString("other_title"),
                    row.getBoolean("live"),
                    TextSketch.likeness(longs(row, "least"), longs(row, "others"))))
        .list();
  }

  private static Long[] boxed(long[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Long[]::new);
  }

  private static long[] longs(ResultSet row, String column) throws SQLException {
    return Arrays.stream((Long[]) row.getArray(column).getArray())
        .mapToLong(Long::longValue)
        .toArray();
  }
}
