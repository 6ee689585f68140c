package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.BookEditStore.Edit;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.Enqueuer;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.BatchDeleteBooksRequest;
import dev.scriptorium.v1.BatchDeleteBooksResponse;
import dev.scriptorium.v1.BatchUpdateBooksRequest;
import dev.scriptorium.v1.BatchUpdateBooksResponse;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.View;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The rules of changing many books at once: all or none, in a handful of statements. Thread-safe.
 */
public final class BookBatches {
  private static final int MAX_BATCH = 500;

  private final Database database;
  private final Enqueuer enqueuer;
  private final BookLists lists;
  private final CachedBooks cached;
  private final InstantSource clock;
  private final BookStore books = new BookStore();
  private final BookEditStore edits = new BookEditStore();

  /**
   * @param database transactions of the role scriptorium_api
   * @param enqueuer told of deleted books
   */
  public BookBatches(
      Database database,
      Enqueuer enqueuer,
      BookLists lists,
      CachedBooks cached,
      InstantSource clock) {
    this.database = database;
    this.enqueuer = enqueuer;
    this.lists = lists;
    this.cached = cached;
    this.clock = clock;
  }

  /** Changes metadata; the changed fields are the owner's from now on. */
  BatchUpdateBooksResponse update(UUID owner, BatchUpdateBooksRequest request) {
    Map<UUID, String> etags = new LinkedHashMap<>();
    for (UpdateBookRequest each : request.getRequestsList()) {
      put(etags, "requests.book.name", each.getBook().getName(), each.getEtag());
    }
    requireCount(request.getRequestsCount());
    List<Edit> changes = request.getRequestsList().stream().map(BookBatches::edit).toList();
    List<Book> changed =
        database.inTransaction(
            owner,
            handle -> {
              lock(handle, owner, etags);
              change(handle, owner, changes);
              return read(handle, owner, etags);
            });
    cached.changed(etags.keySet());
    return BatchUpdateBooksResponse.newBuilder().addAllBooks(changed).build();
  }

  private void change(Handle handle, UUID owner, List<Edit> changes) {
    List<Edit> set = changes.stream().filter(edit -> !edit.fields().isEmpty()).toList();
    if (!set.isEmpty()) {
      edits.updateAll(handle, owner, set, now());
    }
    List<Edit> tagged = set.stream().filter(edit -> edit.fields().contains("tags")).toList();
    if (!tagged.isEmpty()) {
      edits.setTags(handle, owner, tagged);
    }
  }

  /** Marks books as deleted and stops their jobs. */
  BatchDeleteBooksResponse delete(UUID owner, BatchDeleteBooksRequest request) {
    Map<UUID, String> etags = new LinkedHashMap<>();
    for (DeleteBookRequest each : request.getRequestsList()) {
      put(etags, "requests.name", each.getName(), each.getEtag());
    }
    requireCount(request.getRequestsCount());
    List<UUID> ids = List.copyOf(etags.keySet());
    List<Book> deleted =
        database.inTransaction(
            owner,
            handle -> {
              lock(handle, owner, etags);
              Instant now = now();
              edits.delete(handle, owner, ids, now, now.plus(Catalog.PURGE_AFTER));
              edits.releaseFiles(handle, owner, ids, now);
              return read(handle, owner, etags);
            });
    cached.changed(ids);
    ids.forEach(enqueuer::cancelBook);
    return BatchDeleteBooksResponse.newBuilder().addAllBooks(deleted).build();
  }

  private void lock(Handle handle, UUID owner, Map<UUID, String> etags) {
    Map<UUID, Long> revisions = edits.lockAll(handle, owner, List.copyOf(etags.keySet()));
    etags.forEach(
        (book, etag) -> {
          Long revision = revisions.get(book);
          if (revision == null) {
            throw new BookName(book).missing();
          }
          Etag.require(etag, revision);
        });
  }

  private List<Book> read(Handle handle, UUID owner, Map<UUID, String> etags) {
    return lists.messages(
        handle, owner, books.named(handle, owner, List.copyOf(etags.keySet())), View.VIEW_BASIC);
  }

  private static Edit edit(UpdateBookRequest request) {
    UUID id = BookName.parse("requests.book.name", request.getBook().getName()).id();
    return new Edit(id, request.getBook(), BookEdit.fields(request));
  }

  private static void put(Map<UUID, String> etags, String field, String name, String etag) {
    if (etags.put(BookName.parse(field, name).id(), etag) != null) {
      throw InvalidField.of(field, name, "each book once");
    }
  }

  private static void requireCount(int count) {
    if (count < 1 || count > MAX_BATCH) {
      throw InvalidField.of("requests", count + " requests", "1 to " + MAX_BATCH + " requests");
    }
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
