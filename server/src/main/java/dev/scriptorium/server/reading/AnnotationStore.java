package dev.scriptorium.server.reading;

import dev.scriptorium.positions.Quote;
import dev.scriptorium.server.reading.Mark.Content;
import dev.scriptorium.server.reading.Mark.Place;
import dev.scriptorium.server.reading.Mark.Stamp;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.Annotation.Anchor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Statements on annotations. Thread-safe. */
final class AnnotationStore {
  /**
   * A mark with what is shown beside it.
   *
   * @param chapter ordinal of the chapter that holds its start; 0 for none
   * @param chapterStart where that begins
   * @param edition hash of the pack that has the book's text now; empty for none
   * @param at its place in lists when it was read
   */
  record Shown(
      Mark mark,
      String title,
      List<String> authors,
      int chapter,
      long chapterStart,
      String edition,
      After at) {}

  /** A stretch of the canonical text. */
  record Chapter(int ordinal, long start, int codePoints) {}

  /**
   * A book that is there.
   *
   * @param edition hash of the pack that has its text; empty for none
   */
  record Book(long codePoints, String edition) {}

  /** Where a list goes on: behind this mark. */
  record After(UUID book, long start, UUID id) {}

  /** What is listed: books from one to another, both included. */
  record Range(UUID first, UUID last) {}

  private static final int MAX_CHAPTERS = 50_000;
  private static final int MAX_EDITIONS = 1000;

  private static final String SHOWN =
      """
      select a.*, b.title, b.contributor_name, p.ordinal as chapter, p.start_offset as chapter_start,
        k.sha256 as present_edition
      from annotation a
      cross join lateral (
        select x.* from book x
        where x.book_id = a.book_id
          and (x.owner_id = a.owner_id
            or x.owner_id = readable_owner(a.book_id, a.owner_id))
        limit 1) b
      left join lateral (
        select x.sha256 from book_pack x
        where x.book_id = b.book_id and x.owner_id = b.owner_id and x.tier = 2
        limit 1) k on true
      """
          + ChapterAt.joined("b.book_id", "b.owner_id", "a.start_offset");

  /** A book that is not deleted. */
  Optional<Book> book(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select b.code_points, coalesce(k.sha256, '') as edition
            from book b
            left join book_pack k on k.book_id = b.book_id and k.owner_id = b.owner_id
              and k.tier = 2
            where b.book_id = :book and b.owner_id = (select readable_owner(:book, :owner))
              and b.deleted_at is null
            """)
        .bind("book", book)
        .bind("owner", owner)
        .map((row, _) -> new Book(row.getLong("code_points"), row.getString("edition")))
        .findOne();
  }

  /** The chapter that holds an offset. */
  Optional<Chapter> chapterAt(Handle handle, UUID owner, UUID book, long offset) {
    return handle
        .createQuery(
            """
            select ordinal, start_offset, code_points
            from chapter
            where book_id = :book and owner_id = (select readable_owner(:book, :owner))
              and start_offset <= :offset
            order by start_offset desc, ordinal desc
            limit 1
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("offset", offset)
        .map((row, _) -> chapter(row))
        .findOne();
  }

  /** The chapters of a book in reading order. */
  List<Chapter> chapters(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select ordinal, start_offset, code_points
            from chapter
            where book_id = :book and owner_id = (select readable_owner(:book, :owner))
            order by ordinal
            limit :limit
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("limit", MAX_CHAPTERS)
        .map((row, _) -> chapter(row))
        .list();
  }

  /** Lengths of the texts that a book had, in code points, by the hashes of their packs. */
  Map<String, Long> lengths(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select edition, code_points from book_edition
            where book_id = :book and owner_id = (select readable_owner(:book, :owner))
            order by ended_at desc
            limit :limit
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("limit", MAX_EDITIONS)
        .map((row, _) -> Map.entry(row.getString("edition"), row.getLong("code_points")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** One mark of a book that is not deleted, itself deleted or not. */
  Optional<Shown> find(Handle handle, UUID owner, ReadingName.Mark name) {
    return handle
        .createQuery(
            SHOWN
                + """
                where a.owner_id = :owner and a.annotation_id = :id and a.book_id = :book
                  and b.deleted_at is null
                """)
        .bind("owner", owner)
        .bind("id", name.id())
        .bind("book", name.book())
        .map((row, _) -> shown(row))
        .findOne();
  }

  /** Marks by book and place. */
  List<Shown> list(
      Handle handle, UUID owner, Range books, After after, boolean deletedToo, int limit) {
    return handle
        .createQuery(
            SHOWN
                + """
                where a.owner_id = :owner
                  and (a.book_id, a.start_offset, a.annotation_id) > (:book, :start, :id)
                  and a.book_id between :first and :last
                  and (:deletedToo or a.deleted_at is null) and b.deleted_at is null
                order by a.book_id, a.start_offset, a.annotation_id
                limit :limit
                """)
        .bind("owner", owner)
        .bind("book", after.book())
        .bind("start", after.start())
        .bind("id", after.id())
        .bind("first", books.first())
        .bind("last", books.last())
        .bind("deletedToo", deletedToo)
        .bind("limit", limit)
        .map((row, _) -> shown(row))
        .list();
  }

  /** A mark, locked until the transaction ends. */
  Optional<Mark> lock(Handle handle, UUID owner, UUID id) {
    return handle
        .createQuery(
            """
            select * from annotation where owner_id = :owner and annotation_id = :id for update
            """)
        .bind("owner", owner)
        .bind("id", id)
        .map((row, _) -> mark(row))
        .findOne();
  }

  /** True when a book has so many marks or more, deleted ones among them. */
  boolean full(Handle handle, UUID owner, UUID book, int most) {
    return handle
        .createQuery(
            """
            select count(*) >= :most from (
              select 1 from annotation where owner_id = :owner and book_id = :book limit :most) a
            """)
        .bind("owner", owner)
        .bind("book", book)
        .bind("most", most)
        .mapTo(Boolean.class)
        .one();
  }

  /** False when the id is taken. */
  boolean insert(Handle handle, UUID owner, Mark mark) {
    var insert =
        handle
            .createUpdate(
                """
                insert into annotation (annotation_id, owner_id, book_id, revision, type,
                  start_offset, end_offset, exact, prefix, suffix, edition, anchor, color, note, tag,
                  edited_at, edited_revision, edited_device, created_at, updated_at, deleted_at)
                values (:id, :owner, :book, :revision, :type, :start, :end, :exact, :prefix, :suffix,
                  :edition, :anchor, :color, :note, :tags, cast(:editedAt as timestamptz[]),
                  :editedRevision, :editedDevice, :createdAt, :updatedAt,
                  cast(:deletedAt as timestamptz))
                on conflict (owner_id, annotation_id) do nothing
                """)
            .bind("book", mark.book())
            .bind("type", mark.type().name().substring("TYPE_".length()))
            .bind("createdAt", mark.createdAt());
    return bind(insert, owner, mark).execute() == 1;
  }

  /** Writes what can change of a mark. */
  void update(Handle handle, UUID owner, Mark mark) {
    var update =
        handle.createUpdate(
            """
            update annotation set revision = :revision, start_offset = :start, end_offset = :end,
              exact = :exact, prefix = :prefix, suffix = :suffix, edition = :edition,
              anchor = :anchor, color = :color, note = :note, tag = :tags,
              edited_at = cast(:editedAt as timestamptz[]), edited_revision = :editedRevision,
              edited_device = :editedDevice, updated_at = :updatedAt,
              deleted_at = cast(:deletedAt as timestamptz)
            where owner_id = :owner and annotation_id = :id
            """);
    bind(update, owner, mark).execute();
  }

  /** Writes where marks are now; what was edited meanwhile stays as it is. */
  void move(Handle handle, UUID owner, List<Mark> marks) {
    var batch =
        handle.prepareBatch(
            """
            update annotation set revision = :revision, start_offset = :start, end_offset = :end,
              edition = :edition, anchor = :anchor, updated_at = :updatedAt
            where owner_id = :owner and annotation_id = :id and revision = :revision - 1
            """);
    for (Mark mark : marks) {
      batch
          .bind("revision", mark.revision())
          .bind("start", mark.place().start())
          .bind("end", mark.place().end())
          .bind("edition", mark.place().edition())
          .bind("anchor", mark.place().anchor().name().substring("ANCHOR_".length()))
          .bind("updatedAt", mark.updatedAt())
          .bind("owner", owner)
          .bind("id", mark.id())
          .add();
    }
    batch.execute();
  }

  /**
   * Deletes for good what was deleted before an instant, a bounded number. For the system itself.
   *
   * @return how many
   */
  int purge(Handle handle, Instant before, int limit) {
    return handle
        .createUpdate(
            """
            delete from annotation where ctid = any (array(
              select ctid from annotation where deleted_at < :before limit :limit))
            """)
        .bind("before", before)
        .bind("limit", limit)
        .execute();
  }

  private static <T extends SqlStatement<T>> T bind(T statement, UUID owner, Mark mark) {
    Place place = mark.place();
    Instant deletedAt = mark.deletedAt();
    return statement
        .bind("id", mark.id())
        .bind("owner", owner)
        .bind("revision", mark.revision())
        .bind("start", place.start())
        .bind("end", place.end())
        .bind("exact", place.quote().exact())
        .bind("prefix", place.quote().prefix())
        .bind("suffix", place.quote().suffix())
        .bind("edition", place.edition())
        .bind("anchor", place.anchor().name().substring("ANCHOR_".length()))
        .bind("color", mark.content().color())
        .bind("note", mark.content().note())
        .bind("tags", mark.content().tags().toArray(String[]::new))
        .bind("editedAt", mark.stamps().stream().map(s -> s.at().toString()).toArray(String[]::new))
        .bind("editedRevision", mark.stamps().stream().map(Stamp::revision).toArray(Long[]::new))
        .bind("editedDevice", mark.stamps().stream().map(Stamp::device).toArray(String[]::new))
        .bind("updatedAt", mark.updatedAt())
        .bind("deletedAt", deletedAt == null ? null : deletedAt.toString());
  }

  private static Chapter chapter(ResultSet row) throws SQLException {
    return new Chapter(
        row.getInt("ordinal"), row.getLong("start_offset"), row.getInt("code_points"));
  }

  private static Shown shown(ResultSet row) throws SQLException {
    String edition = row.getString("present_edition");
    Mark mark = mark(row);
    return new Shown(
        mark,
        row.getString("title"),
        strings(row, "contributor_name"),
        row.getInt("chapter"),
        row.getLong("chapter_start"),
        edition == null ? "" : edition,
        new After(mark.book(), mark.place().start(), mark.id()));
  }

  private static Mark mark(ResultSet row) throws SQLException {
    Place place =
        new Place(
            row.getLong("start_offset"),
            row.getLong("end_offset"),
            new Quote(row.getString("exact"), row.getString("prefix"), row.getString("suffix")),
            row.getString("edition"),
            Anchor.valueOf("ANCHOR_" + row.getString("anchor")));
    Content content =
        new Content(row.getString("color"), row.getString("note"), strings(row, "tag"));
    OffsetDateTime deletedAt = row.getObject("deleted_at", OffsetDateTime.class);
    return new Mark(
        row.getObject("annotation_id", UUID.class),
        row.getObject("book_id", UUID.class),
        row.getLong("revision"),
        Annotation.Type.valueOf("TYPE_" + row.getString("type")),
        place,
        content,
        stamps(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        instant(deletedAt));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static List<Stamp> stamps(ResultSet row) throws SQLException {
    Timestamp[] times = (Timestamp[]) row.getArray("edited_at").getArray();
    Long[] revisions = (Long[]) row.getArray("edited_revision").getArray();
    List<String> devices = strings(row, "edited_device");
    List<Stamp> stamps = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      stamps.add(new Stamp(times[i].toInstant(), revisions[i], devices.get(i)));
    }
    return stamps;
  }

  private static List<String> strings(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
