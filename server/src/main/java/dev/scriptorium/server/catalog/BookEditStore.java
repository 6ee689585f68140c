package dev.scriptorium.server.catalog;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** Statements that change books, for their owner. Thread-safe. */
final class BookEditStore {
  /** A change of one book. */
  record Edit(UUID id, Book book, Set<String> fields) {}

  private static final String UPDATE =
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
        genre = case when 'genres' = any(:fields) then :genres else genre end,
        edited_field = case when 'locked_fields' = any(:fields) then :locked
          else array(select distinct unnest(edited_field || :edited) order by 1) end,
        revision = revision + 1,
        updated_at = :now
      where book_id = :book and owner_id = :owner
      """;

  private static final String TAGS =
      """
      with gone as (
        delete from book_tag
        where book_id = :book and owner_id = :owner and tag <> all(:tags::text[]))
      insert into book_tag (owner_id, book_id, tag)
      select distinct :owner, :book, t from unnest(:tags::text[]) as t
      on conflict (book_id, tag) do nothing
      """;

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

  /** Locks those of some books that are not deleted, and gives their revisions. */
  Map<UUID, Long> lockAll(Handle handle, UUID owner, List<UUID> books) {
    Map<UUID, Long> revisions = new HashMap<>();
    handle
        .createQuery(
            """
            select book_id, revision from book
            where book_id = any(:books) and owner_id = :owner and deleted_at is null
            order by book_id
            for update
            """)
        .bind("books", books.toArray(UUID[]::new))
        .bind("owner", owner)
        .map((row, _) -> Map.entry(row.getObject("book_id", UUID.class), row.getLong("revision")))
        .forEach(each -> revisions.put(each.getKey(), each.getValue()));
    return revisions;
  }

  /** Sets the fields named; they are the owner's from now on. */
  void update(Handle handle, UUID owner, UUID id, Book book, Set<String> fields, Instant now) {
    edited(handle.createUpdate(UPDATE), owner, new Edit(id, book, fields), now).execute();
  }

  /** The same for many, sent together. */
  void updateAll(Handle handle, UUID owner, List<Edit> edits, Instant now) {
    PreparedBatch batch = handle.prepareBatch(UPDATE);
    edits.forEach(edit -> edited(batch, owner, edit, now).add());
    batch.execute();
  }

  private static <T extends SqlStatement<T>> T edited(
      T statement, UUID owner, Edit edit, Instant now) {
    Book book = edit.book();
    Set<String> fields = edit.fields();
    List<Contributor> people = book.getContributorsList();
    return statement
        .bind("book", edit.id())
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
        .bind("edited", fields.stream().filter(BookEdit.LOCKABLE::contains).toArray(String[]::new))
        .bind("genres", book.getGenresList().toArray(String[]::new))
        .bind("locked", book.getLockedFieldsList().toArray(String[]::new))
        .bind("now", now);
  }

  /** Sets what the owner has written on books, sent together. */
  void setTags(Handle handle, UUID owner, List<Edit> edits) {
    PreparedBatch batch = handle.prepareBatch(TAGS);
    for (Edit edit : edits) {
      batch
          .bind("book", edit.id())
          .bind("owner", owner)
          .bind("tags", edit.book().getTagsList().toArray(String[]::new))
          .add();
    }
    batch.execute();
  }

  /** Marks books as deleted. */
  void delete(Handle handle, UUID owner, List<UUID> books, Instant now, Instant purgeAt) {
    handle
        .createUpdate(
            """
            update book
            set deleted_at = :now, purge_at = :purgeAt, updated_at = :now, revision = revision + 1
            where book_id = any(:books) and owner_id = :owner
            """)
        .bind("books", books.toArray(UUID[]::new))
        .bind("owner", owner)
        .bind("now", now)
        .bind("purgeAt", purgeAt)
        .execute();
  }

  /** Lets the bytes of deleted books be uploaded again. */
  void releaseFiles(Handle handle, UUID owner, List<UUID> books, Instant now) {
    handle
        .createUpdate(
            """
            update book_file set deleted_at = :now where book_id = any(:books) and owner_id = :owner
            """)
        .bind("books", books.toArray(UUID[]::new))
        .bind("owner", owner)
        .bind("now", now)
        .execute();
  }

  private static <T> String[] array(List<T> items, Function<T, String> field) {
    return items.stream().map(field).toArray(String[]::new);
  }
}
