package dev.scriptorium.server.catalog;

import dev.scriptorium.server.reading.ChapterAt;
import dev.scriptorium.v1.LibraryTotals;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on books as their owner sees them. Thread-safe. */
final class BookStore {
  // What hangs on a book is looked up row by row, by primary key: a lateral subquery with a limit
  // cannot become a join. As plain joins these turned into scans of whole tables, because a plan
  // for any page size expects a tenth of the owner's books.
  static final String SELECT =
      """
      select b.book_id, b.revision, b.title, b.contributor_name, b.contributor_role,
        b.contributor_file_as, b.language, b.description, b.publisher, b.published, b.series,
        b.series_index, b.subject, b.identifier_scheme, b.identifier_value, b.page_count,
        b.chapter_count, b.word_count, b.code_points, b.has_cover, b.created_at, b.updated_at,
        b.deleted_at, b.purge_at, b.genre, b.edited_field, g.tag,
        f.media_type, f.file_name, f.size_bytes, f.sha256,
        s.stage,
        h.revision as progress_revision, h.book_offset as progress_offset,
        h.device as progress_device, h.event_at as progress_event_at,
        h.updated_at as progress_accepted_at,
        p.ordinal as progress_chapter,
        h.book_offset - p.start_offset as progress_chapter_offset
      """;
  static final String JOINS =
      """
      left join lateral (
        select array_agg(t.tag order by t.tag) as tag
        from book_tag t
        where t.book_id = b.book_id and t.owner_id = b.owner_id) g on true
      cross join lateral (
        select x.media_type, x.file_name, x.size_bytes, x.sha256
        from book_file x
        where x.book_id = b.book_id and x.owner_id = b.owner_id
        limit 1) f
      left join lateral (
        select array_agg(
          array[t.tier::text, t.state, t.slices_done::text, t.slices_total::text,
            t.degraded::text, t.failure_reason, t.failure_message, t.failure_limit,
            coalesce(extract(epoch from t.ended_at - b.created_at) * 1000, 0)::bigint::text]
          order by t.tier) as stage
        from book_stage t
        where t.book_id = b.book_id and t.owner_id = b.owner_id) s on true
      left join lateral (
        select x.owner_id, x.book_id, x.revision, x.book_offset, x.device, x.event_at, x.updated_at
        from progress_head x
        where x.owner_id = :owner and x.book_id = b.book_id
        limit 1) h on true
      """
          + ChapterAt.joined("h.book_id", "b.owner_id", "h.book_offset");

  private static final String READABLE =
      """
      from (
        select * from book
        where book_id = :book and owner_id = (select readable_owner(:book, :owner))) b
      """;

  private static final String FIND = SELECT + READABLE + JOINS;

  // What FULL adds, in the same statement: what the parser found replaces what the inspection
  // found.
  private static final String DETAILS =
      """
      , e.contents_title, e.contents_depth, e.contents_chapter, e.contents_offset,
        w.warning_reason, w.warning_place, w.warning_message
      """;
  private static final String DETAIL_JOINS =
      """
      cross join lateral (
        select case max(x.tier) when 2 then 2 else 1 end as tier from book_pack x
        where x.book_id = b.book_id and x.owner_id = b.owner_id) k
      cross join lateral (
        select array_agg(c.title order by c.ordinal) as contents_title,
          array_agg(c.depth order by c.ordinal) as contents_depth,
          array_agg(c.chapter order by c.ordinal) as contents_chapter,
          array_agg(c.chapter_offset order by c.ordinal) as contents_offset
        from contents_entry c
        where c.book_id = b.book_id and c.owner_id = b.owner_id and c.tier = k.tier) e
      cross join lateral (
        select array_agg(x.reason order by x.ordinal) as warning_reason,
          array_agg(x.place order by x.ordinal) as warning_place,
          array_agg(x.message order by x.ordinal) as warning_message
        from book_warning x
        where x.book_id = b.book_id and x.owner_id = b.owner_id and x.tier = k.tier) w
      """;

  private static final String FIND_FULL = SELECT + DETAILS + READABLE + JOINS + DETAIL_JOINS;

  private static final String NAMED =
      SELECT
          + """
          from (
            select x.*, w.place from unnest(:books::uuid[]) with ordinality as w (id, place)
            cross join lateral (
              select * from book y
              where y.book_id = w.id
                and (y.owner_id = :owner or y.owner_id = readable_owner(w.id, :owner))
              limit 1) x) b
          """
          + JOINS
          + "order by b.place";

  private final BookRow row = new BookRow();

  /** One book, deleted or not. */
  Optional<StoredBook> find(Handle handle, UUID owner, UUID book) {
    return handle.createQuery(FIND).bind("book", book).bind("owner", owner).map(row).findOne();
  }

  /** One book with contents and warnings, deleted or not. */
  Optional<StoredBook> findFull(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(FIND_FULL)
        .bind("book", book)
        .bind("owner", owner)
        .map(new FullBookRow())
        .findOne();
  }

  /** Books in the order of their ids, deleted or not; those that are missing are left out. */
  List<StoredBook> named(Handle handle, UUID owner, List<UUID> books) {
    return handle
        .createQuery(NAMED)
        .bind("books", books.toArray(UUID[]::new))
        .bind("owner", owner)
        .map(row)
        .list();
  }

  /** What an owner's books add up to; deleted ones do not count. */
  LibraryTotals totals(Handle handle, UUID owner) {
    return handle
        .createQuery(
            """
            select count(*) as books, coalesce(sum(f.size_bytes), 0) as bytes,
              coalesce(sum(b.chapter_count), 0) as chapters,
              coalesce(sum(b.word_count), 0) as words,
              coalesce(sum(b.code_points), 0) as code_points
            from book b
            join book_file f on f.book_id = b.book_id and f.owner_id = b.owner_id
            where b.owner_id = :owner and b.deleted_at is null
            """)
        .bind("owner", owner)
        .map(
            (row, _) ->
                LibraryTotals.newBuilder()
                    .setBooks(row.getLong("books"))
                    .setSizeBytes(row.getLong("bytes"))
                    .setChapters(row.getLong("chapters"))
                    .setWords(row.getLong("words"))
                    .setCodePoints(row.getLong("code_points"))
                    .build())
        .one();
  }

  /** True when the caller may read the book and it is not deleted. */
  boolean exists(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select 1 from book
            where book_id = :book and owner_id = (select readable_owner(:book, :owner))
              and deleted_at is null
            """)
        .bind("book", book)
        .bind("owner", owner)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
