package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The statement that tells how a book's text is made up. Thread-safe. */
final class ShapeStore {
  private static final int MAX_CHAPTERS = 20_000;
  private static final int MAX_PAGES = 50_000;

  /** The shape of a book that the caller may read and that is not deleted. */
  Optional<BookShape> find(Handle handle, UUID caller, UUID book) {
    return handle
        .createQuery(
            """
            select b.book_id, f.media_type, k.sha256 as pack,
              c.title, c.source, c.first_page, c.code_points, c.start_offset, c.pack_offset,
              c.pack_length, p.chapter, p.chapter_offset, p.page_label
            from book b
            join book_file f on f.book_id = b.book_id and f.owner_id = b.owner_id
            left join lateral (
              select x.sha256 from book_pack x
              where x.book_id = b.book_id and x.owner_id = b.owner_id and x.tier = 2
              limit 1) k on true
            cross join lateral (
              select array_agg(x.title order by x.ordinal) as title,
                array_agg(x.source order by x.ordinal) as source,
                array_agg(x.first_page order by x.ordinal) as first_page,
                array_agg(x.code_points order by x.ordinal) as code_points,
                array_agg(x.start_offset order by x.ordinal) as start_offset,
                array_agg(x.pack_offset order by x.ordinal) as pack_offset,
                array_agg(x.pack_length order by x.ordinal) as pack_length
              from (
                select * from chapter y
                where y.book_id = b.book_id and y.owner_id = b.owner_id
                order by y.ordinal
                limit :chapters) x) c
            cross join lateral (
              select array_agg(x.chapter order by x.ordinal) as chapter,
                array_agg(x.chapter_offset order by x.ordinal) as chapter_offset,
                array_agg(x.page_label order by x.ordinal) as page_label
              from (
                select * from source_position y
                where y.book_id = b.book_id and y.owner_id = b.owner_id and y.page_label <> ''
                order by y.ordinal
                limit :pages) x) p
            where b.book_id = :book and b.owner_id = (select readable_owner(:book, :caller))
              and b.deleted_at is null
            """)
        .bind("book", book)
        .bind("caller", caller)
        .bind("chapters", MAX_CHAPTERS)
        .bind("pages", MAX_PAGES)
        .map((row, _) -> read(row, book))
        .findOne();
  }

  private static BookShape read(ResultSet row, UUID book) throws SQLException {
    return new BookShape(book, row.getString("media_type"), chapters(row), pages(row));
  }

  private static List<BookShape.Chapter> chapters(ResultSet row) throws SQLException {
    if (row.getArray("title") == null || row.getString("pack") == null) {
      return List.of();
    }
    Sha256 pack = new Sha256(row.getString("pack"));
    String[] titles = (String[]) row.getArray("title").getArray();
    String[] sources = (String[]) row.getArray("source").getArray();
    Integer[] firstPages = (Integer[]) row.getArray("first_page").getArray();
    Integer[] lengths = (Integer[]) row.getArray("code_points").getArray();
    Long[] starts = (Long[]) row.getArray("start_offset").getArray();
    Long[] packOffsets = (Long[]) row.getArray("pack_offset").getArray();
    Integer[] packLengths = (Integer[]) row.getArray("pack_length").getArray();
    List<BookShape.Chapter> chapters = new ArrayList<>();
    for (int i = 0; i < titles.length; i++) {
      chapters.add(
          new BookShape.Chapter(
              i + 1,
              titles[i],
              sources[i],
              firstPages[i] > 0,
              lengths[i],
              starts[i],
              pack,
              packOffsets[i],
              packLengths[i]));
    }
    return chapters;
  }

  private static List<BookShape.Page> pages(ResultSet row) throws SQLException {
    if (row.getArray("page_label") == null) {
      return List.of();
    }
    Integer[] chapters = (Integer[]) row.getArray("chapter").getArray();
    Integer[] offsets = (Integer[]) row.getArray("chapter_offset").getArray();
    String[] labels = (String[]) row.getArray("page_label").getArray();
    List<BookShape.Page> pages = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      pages.add(new BookShape.Page(chapters[i], offsets[i], labels[i]));
    }
    return pages;
  }
}
