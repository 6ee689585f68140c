package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.Identifier;
import dev.scriptorium.worker.v1.BookMetadata;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Statements of the appliers on the book's own row. Thread-safe. */
public final class MetadataStore {
  private final InstantSource clock;

  /**
   * @param clock says when a book changed
   */
  public MetadataStore(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts a change of the book and locks its row; false when the book is gone. */
  public boolean touch(Handle handle, Job job) {
    return handle
            .createUpdate(
                """
                update book set revision = revision + 1, updated_at = :now
                where book_id = :book and owner_id = :owner
                """)
            .bind("book", job.book())
            .bind("owner", job.owner())
            .bind("now", clock.instant())
            .execute()
        == 1;
  }

  /**
   * Takes what the file says, except for fields that the owner has set and for what the file leaves
   * empty.
   */
  void update(Handle handle, Job job, BookMetadata data) {
    List<Contributor> people = data.getContributorsList();
    List<Identifier> identifiers = data.getIdentifiersList();
    handle
        .createUpdate(
            """
            update book set
              title = case when :title = '' or 'title' = any(edited_field)
                then title else :title end,
              contributor_name = case when cardinality(:names) = 0
                or 'contributors' = any(edited_field) then contributor_name else :names end,
              contributor_role = case when cardinality(:names) = 0
                or 'contributors' = any(edited_field) then contributor_role else :roles end,
              contributor_file_as = case when cardinality(:names) = 0
                or 'contributors' = any(edited_field) then contributor_file_as else :fileAs end,
              language = case when cardinality(:languages) = 0
                or 'languages' = any(edited_field) then language else :languages end,
              description = case when :description = '' or 'description' = any(edited_field)
                then description else :description end,
              publisher = case when :publisher = '' or 'publisher' = any(edited_field)
                then publisher else :publisher end,
              published = case when :published = '' or 'published' = any(edited_field)
                then published else :published end,
              series = case when :series = '' or 'series' = any(edited_field)
                then series else :series end,
              series_index = case when :seriesIndex::float8 is null
                or 'series_index' = any(edited_field) then series_index else :seriesIndex end,
              subject = case when cardinality(:subjects) = 0 or 'subjects' = any(edited_field)
                then subject else :subjects end,
              identifier_scheme = case when cardinality(:values) = 0
                then identifier_scheme else :schemes end,
              identifier_value = case when cardinality(:values) = 0
                then identifier_value else :values end,
              page_count = greatest(page_count, :pages)
            where book_id = :book and owner_id = :owner
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .bind("title", data.getTitle())
        .bind("names", array(people, Contributor::getName))
        .bind("roles", array(people, Contributor::getRole))
        .bind("fileAs", array(people, Contributor::getFileAs))
        .bind("languages", data.getLanguagesList().toArray(String[]::new))
        .bind("description", data.getDescription())
        .bind("publisher", data.getPublisher())
        .bind("published", data.getPublished())
        .bind("series", data.getSeries())
        .bind("seriesIndex", data.hasSeriesIndex() ? data.getSeriesIndex() : null)
        .bind("subjects", data.getSubjectsList().toArray(String[]::new))
        .bind("schemes", array(identifiers, Identifier::getScheme))
        .bind("values", array(identifiers, Identifier::getValue))
        .bind("pages", data.getPageCount())
        .execute();
  }

  /** Notes what the chapters add up to. */
  void count(Handle handle, Job job, int chapters, long words, long codePoints) {
    handle
        .createUpdate(
            """
            update book
            set chapter_count = :chapters, word_count = :words, code_points = :codePoints
            where book_id = :book and owner_id = :owner
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .bind("chapters", chapters)
        .bind("words", words)
        .bind("codePoints", codePoints)
        .execute();
  }

  /** Notes whether one of the book's pictures is a cover. */
  void settleCover(Handle handle, Job job) {
    handle
        .createUpdate(
            """
            update book set has_cover = exists (
              select from book_image i
              where i.book_id = book.book_id and i.tier in (1, 2)
                and i.resource in ('cover', 'cover-small', 'cover-large'))
            where book_id = :book and owner_id = :owner
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .execute();
  }

  /** Notes the pack of the job's tier. */
  void pack(Handle handle, Job job, StoredBlob pack) {
    handle
        .createUpdate(
            """
            insert into book_pack (book_id, tier, owner_id, sha256, size_bytes)
            values (:book, :tier, :owner, :sha256, :size)
            on conflict (book_id, tier) do update set
              sha256 = excluded.sha256, size_bytes = excluded.size_bytes
            """)
        .bind("book", job.book())
        .bind("tier", job.tier())
        .bind("owner", job.owner())
        .bind("sha256", pack.sha256().hex())
        .bind("size", pack.sizeBytes())
        .execute();
  }

  private static <T> String[] array(List<T> items, Function<T, String> field) {
    return items.stream().map(field).toArray(String[]::new);
  }
}
