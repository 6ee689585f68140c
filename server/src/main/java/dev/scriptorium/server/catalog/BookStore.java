package dev.scriptorium.server.catalog;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Statements on books as their owner sees them. Thread-safe. */
final class BookStore {
  /** Greater than every id. */
  static final UUID NEWEST = new UUID(-1, -1);

  // What hangs on a book is looked up row by row, by primary key: a lateral subquery with a limit
  // cannot become a join. As plain joins these turned into scans of whole tables, because a plan
  // for any page size expects a tenth of the owner's books.
  private static final String SELECT =
      """
      select b.book_id, b.revision, b.title, b.contributor_name, b.contributor_role,
        b.contributor_file_as, b.language, b.description, b.publisher, b.published, b.series,
        b.series_index, b.subject, b.identifier_scheme, b.identifier_value, b.page_count,
        b.chapter_count, b.word_count, b.code_points, b.has_cover, b.created_at, b.updated_at,
        b.deleted_at, b.purge_at,
        f.media_type, f.file_name, f.size_bytes, f.sha256,
        s.stage_tier, s.stage_state, s.stage_slices_done, s.stage_slices_total,
        s.stage_degraded, s.stage_failure_reason, s.stage_failure_message,
        s.stage_failure_limit, s.stage_elapsed_millis,
        h.revision as progress_revision, h.book_offset as progress_offset,
        h.device as progress_device, h.event_at as progress_event_at,
        h.updated_at as progress_accepted_at,
        p.ordinal as progress_chapter,
        h.book_offset - p.start_offset as progress_chapter_offset
      """;
  private static final String JOINS =
      """
      cross join lateral (
        select x.media_type, x.file_name, x.size_bytes, x.sha256
        from book_file x
        where x.book_id = b.book_id and x.owner_id = b.owner_id
        limit 1) f
      left join lateral (
        select array_agg(t.tier::integer order by t.tier) as stage_tier,
          array_agg(t.state order by t.tier) as stage_state,
          array_agg(t.slices_done order by t.tier) as stage_slices_done,
          array_agg(t.slices_total order by t.tier) as stage_slices_total,
          array_agg(t.degraded::text order by t.tier) as stage_degraded,
          array_agg(t.failure_reason order by t.tier) as stage_failure_reason,
          array_agg(t.failure_message order by t.tier) as stage_failure_message,
          array_agg(t.failure_limit order by t.tier) as stage_failure_limit,
          array_agg(coalesce(extract(epoch from t.ended_at - b.created_at) * 1000, 0)::bigint
            order by t.tier) as stage_elapsed_millis
        from book_stage t
        where t.book_id = b.book_id and t.owner_id = b.owner_id) s on true
      left join lateral (
        select x.owner_id, x.book_id, x.revision, x.book_offset, x.device, x.event_at, x.updated_at
        from progress_head x
        where x.owner_id = :owner and x.book_id = b.book_id
        limit 1) h on true
      left join lateral (
        select c.ordinal, c.start_offset
        from chapter c
        where c.book_id = h.book_id and c.owner_id = b.owner_id
          and c.start_offset <= h.book_offset
        order by c.start_offset desc, c.ordinal desc
        limit 1) p on true
      """;

  private static final String FIND =
      SELECT
          + "from (select * from book where book_id = :book"
          + " and owner_id = (select readable_owner(:book, :owner))) b "
          + JOINS;

  static final String LIST =
      SELECT
          + """
          from (
            select * from book
            where owner_id = :owner and deleted_at is null and book_id < :before
            order by book_id desc
            limit :limit) b
          """
          + JOINS
          + "order by b.book_id desc";

  static final String LIST_ALL =
      SELECT
          + """
          from (
            select * from book
            where owner_id = :owner and book_id < :before
            order by book_id desc
            limit :limit) b
          """
          + JOINS
          + "order by b.book_id desc";

  private final BookRow row = new BookRow();

  /** One book, deleted or not. */
  Optional<StoredBook> find(Handle handle, UUID owner, UUID book) {
    return handle.createQuery(FIND).bind("book", book).bind("owner", owner).map(row).findOne();
  }

  /**
   * Books newest first.
   *
   * @param before only older ones than this
   * @param limit at most 1001
   */
  List<StoredBook> list(Handle handle, UUID owner, UUID before, int limit, boolean deletedToo) {
    return handle
        .createQuery(deletedToo ? LIST_ALL : LIST)
        .bind("owner", owner)
        .bind("before", before)
        .bind("limit", limit)
        .map(row)
        .list();
  }

  /** Locks a book that is not deleted, and gives its revision. */
  Optional<Long> lock(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select revision from book
            where book_id = :book and owner_id = :owner and deleted_at is null
            for update
            """)
        .bind("book", book)
        .bind("owner", owner)
        .mapTo(Long.class)
        .findOne();
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

  /** Sets the fields named; they are the owner's from now on. */
  void update(Handle handle, UUID owner, UUID id, Book book, Set<String> fields, Instant now) {
    List<Contributor> people = book.getContributorsList();
    handle
        .createUpdate(
            """
            update book set
              title = case when 'title' = any(:fields) then :title else title end,
              contributor_name = case when 'contributors' = any(:fields)
                then :names else contributor_name end,
              contributor_role = case when 'contributors' = any(:fields)
                then :roles else contributor_role end,
              contributor_file_as = case when 'contributors' = any(:fields)
                then :fileAs else contributor_file_as end,
              language = case when 'languages' = any(:fields) then :languages else language end,
              description = case when 'description' = any(:fields)
                then :description else description end,
              publisher = case when 'publisher' = any(:fields) then :publisher else publisher end,
              published = case when 'published' = any(:fields) then :published else published end,
              series = case when 'series' = any(:fields) then :series else series end,
              series_index = case when 'series_index' = any(:fields)
                then :seriesIndex::float8 else series_index end,
              subject = case when 'subjects' = any(:fields) then :subjects else subject end,
              edited_field = array(select distinct unnest(edited_field || :fields) order by 1),
              revision = revision + 1,
              updated_at = :now
            where book_id = :book and owner_id = :owner
            """)
        .bind("book", id)
        .bind("owner", owner)
        .bind("fields", fields.toArray(String[]::new))
        .bind("title", book.getTitle())
        .bind("names", array(people, Contributor::getName))
        .bind("roles", array(people, Contributor::getRole))
        .bind("fileAs", array(people, Contributor::getFileAs))
        .bind("languages", book.getLanguagesList().toArray(String[]::new))
        .bind("description", book.getDescription())
        .bind("publisher", book.getPublisher())
        .bind("published", book.getPublished())
        .bind("series", book.getSeries())
        .bind("seriesIndex", book.hasSeriesIndex() ? book.getSeriesIndex() : null)
        .bind("subjects", book.getSubjectsList().toArray(String[]::new))
        .bind("now", now)
        .execute();
  }

  /** Marks a book as deleted. */
  void delete(Handle handle, UUID owner, UUID book, Instant now, Instant purgeAt) {
    handle
        .createUpdate(
            """
            update book
            set deleted_at = :now, purge_at = :purgeAt, updated_at = :now, revision = revision + 1
            where book_id = :book and owner_id = :owner
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("now", now)
        .bind("purgeAt", purgeAt)
        .execute();
  }

  /** Lets the bytes of a deleted book be uploaded again. */
  void releaseFile(Handle handle, UUID owner, UUID book, Instant now) {
    handle
        .createUpdate(
            """
            update book_file set deleted_at = :now where book_id = :book and owner_id = :owner
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("now", now)
        .execute();
  }

  private static <T> String[] array(List<T> items, Function<T, String> field) {
    return items.stream().map(field).toArray(String[]::new);
  }
}
