package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ContentsEntry;
import dev.scriptorium.v1.Warning;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on the long parts of books that only the FULL view shows. Thread-safe. */
final class BookDetailStore {
  /**
   * Adds contents and warnings to books, in one statement for all of them. What the parser found
   * replaces what the inspection found.
   *
   * @param books by id, not empty
   */
  void addTo(Handle handle, UUID owner, Map<UUID, Book.Builder> books) {
    handle
        .createQuery(
            """
            with wanted as (
              select w.book_id,
                (select max(p.tier) from book_pack p
                 where p.book_id = w.book_id
                and p.owner_id = (select readable_owner(w.book_id, :owner))) as tier
              from unnest(:books::uuid[]) as w (book_id))
            select 'CONTENTS' as part, w.book_id, e.ordinal, e.title as text, '' as reason,
              '' as place, e.depth, e.chapter, e.chapter_offset
            from wanted w
            cross join lateral (
              select c.ordinal, c.title, c.depth, c.chapter, c.chapter_offset
              from contents_entry c
              where c.book_id = w.book_id
                and c.owner_id = (select readable_owner(w.book_id, :owner))
                and c.tier = case w.tier when 2 then 2 else 1 end
              order by c.ordinal
              limit 50000) e
            union all
            select 'WARNING', w.book_id, e.ordinal, e.message, e.reason, e.place, 0, 0, 0
            from wanted w
            cross join lateral (
              select x.ordinal, x.message, x.reason, x.place
              from book_warning x
              where x.book_id = w.book_id
                and x.owner_id = (select readable_owner(w.book_id, :owner))
                and x.tier = case w.tier when 2 then 2 else 1 end
              order by x.ordinal
              limit 1000) e
            order by book_id, part, ordinal
            """)
        .bind("books", books.keySet().toArray(UUID[]::new))
        .bind("owner", owner)
        .map((row, _) -> add(row, books))
        .forEach(_ -> {});
  }

  private static Book.Builder add(ResultSet row, Map<UUID, Book.Builder> books)
      throws SQLException {
    UUID id = row.getObject("book_id", UUID.class);
    Book.Builder book = books.get(id);
    if (book == null) {
      throw new IllegalStateException("book " + id + " was not asked for");
    }
    return row.getString("part").equals("WARNING")
        ? book.addWarnings(warning(row))
        : book.addContents(entry(row, id));
  }

  private static Warning warning(ResultSet row) throws SQLException {
    return Warning.newBuilder()
        .setReason(row.getString("reason"))
        .setPlace(row.getString("place"))
        .setMessage(row.getString("text"))
        .build();
  }

  private static ContentsEntry entry(ResultSet row, UUID book) throws SQLException {
    int chapter = row.getInt("chapter");
    return ContentsEntry.newBuilder()
        .setTitle(row.getString("text"))
        .setDepth(row.getInt("depth"))
        .setChapter(chapter == 0 ? "" : new BookName(book).chapter(chapter))
        .setChapterOffset(row.getInt("chapter_offset"))
        .build();
  }
}
