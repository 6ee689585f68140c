package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.Note;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on chapters and covers as their owner sees them. Thread-safe. */
final class PieceStore {
  /**
   * Where a piece of a pack lies.
   *
   * @param name what it is: the resource of a picture, empty for a chapter
   * @param mediaType of a picture, empty for a chapter
   * @param pack the pack's hash
   * @param offset first byte in the pack
   * @param length bytes in the pack
   * @param sha256 hash of the piece
   */
  record Piece(
      String name, String mediaType, Sha256 pack, long offset, int length, String sha256) {}

  /**
   * @param chapter without text and HTML
   * @param content where those lie
   */
  record StoredChapter(Chapter chapter, Piece content) {}

  /** Chapters in reading order, after an ordinal. */
  List<Chapter> list(Handle handle, UUID owner, UUID book, long after, int limit) {
    return handle
        .createQuery(
            """
            select ordinal, title, source, word_count, code_points, start_offset, language, linear,
              first_page, last_page, sha256
            from chapter
            where book_id = :book and owner_id = (select readable_owner(:book, :owner))
              and ordinal > :after
            order by ordinal
            limit :limit
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> chapter(row, book))
        .list();
  }

  /** One chapter of a book that is not deleted. */
  Optional<StoredChapter> find(Handle handle, UUID owner, UUID book, int ordinal) {
    return handle
        .createQuery(
            """
            select c.ordinal, c.title, c.source, c.word_count, c.code_points, c.start_offset,
              c.language, c.linear, c.first_page, c.last_page, c.sha256,
              '' as name, '' as media_type, p.sha256 as pack, c.pack_offset, c.pack_length,
              n.label, n.reference_offset, n.body
            from chapter c
            join book b on b.book_id = c.book_id and b.owner_id = c.owner_id
            join book_pack p on p.book_id = c.book_id and p.owner_id = c.owner_id and p.tier = 2
            cross join lateral (
              select array_agg(x.label order by x.ordinal) as label,
                array_agg(x.reference_offset order by x.ordinal) as reference_offset,
                array_agg(x.body order by x.ordinal) as body
              from chapter_note x
              where x.book_id = c.book_id and x.owner_id = c.owner_id and x.chapter = c.ordinal) n
            where c.book_id = :book and c.owner_id = (select readable_owner(:book, :owner))
              and c.ordinal = :ordinal
              and b.deleted_at is null
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("ordinal", ordinal)
        .map(
            (row, _) ->
                new StoredChapter(
                    chapter(row, book).toBuilder().addAllNotes(notes(row)).build(), piece(row)))
        .findOne();
  }

  /** Where the texts of all chapters lie, in reading order. */
  List<Piece> contents(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select '' as name, '' as media_type, p.sha256 as pack, c.pack_offset, c.pack_length,
              c.sha256
            from chapter c
            join book_pack p on p.book_id = c.book_id and p.owner_id = c.owner_id and p.tier = 2
            where c.book_id = :book and c.owner_id = (select readable_owner(:book, :owner))
            order by c.ordinal
            """)
        .bind("book", book)
        .bind("owner", owner)
        .map((row, _) -> piece(row))
        .list();
  }

  /** The cover's pictures, those of the inspection first. */
  List<Piece> covers(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select i.resource as name, i.media_type, p.sha256 as pack, i.pack_offset,
              i.pack_length, i.sha256
            from book_image i
            join book_pack p on p.book_id = i.book_id and p.owner_id = i.owner_id
              and p.tier = i.tier
            where i.book_id = :book and i.owner_id = (select readable_owner(:book, :owner))
              and i.tier in (1, 2)
              and i.resource in ('cover', 'cover-small', 'cover-large')
            order by i.tier
            """)
        .bind("book", book)
        .bind("owner", owner)
        .map((row, _) -> piece(row))
        .list();
  }

  private static List<Note> notes(ResultSet row) throws SQLException {
    if (row.getArray("label") == null) {
      return List.of();
    }
    String[] labels = (String[]) row.getArray("label").getArray();
    Integer[] offsets = (Integer[]) row.getArray("reference_offset").getArray();
    String[] texts = (String[]) row.getArray("body").getArray();
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      notes.add(
          Note.newBuilder()
              .setLabel(labels[i])
              .setReferenceOffset(offsets[i])
              .setText(texts[i])
              .build());
    }
    return notes;
  }

  private static Piece piece(ResultSet row) throws SQLException {
    return new Piece(
        row.getString("name"),
        row.getString("media_type"),
        new Sha256(row.getString("pack")),
        row.getLong("pack_offset"),
        row.getInt("pack_length"),
        row.getString("sha256"));
  }

  private static Chapter chapter(ResultSet row, UUID book) throws SQLException {
    return Chapter.newBuilder()
        .setName(new BookName(book).chapter(row.getInt("ordinal")))
        .setTitle(row.getString("title"))
        .setSource(row.getString("source"))
        .setWordCount(row.getInt("word_count"))
        .setCodePoints(row.getInt("code_points"))
        .setStart(row.getLong("start_offset"))
        .setLanguage(row.getString("language"))
        .setLinear(row.getBoolean("linear"))
        .setFirstPage(row.getInt("first_page"))
        .setLastPage(row.getInt("last_page"))
        .setEtag("\"" + row.getString("sha256") + "\"")
        .build();
  }
}
