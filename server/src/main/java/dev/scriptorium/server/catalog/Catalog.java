package dev.scriptorium.server.catalog;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.Enqueuer;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.v1.BatchGetBooksRequest;
import dev.scriptorium.v1.BatchGetBooksResponse;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.LibraryTotals;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The rules of books: reading, listing, changing, deleting. Thread-safe. */
public final class Catalog {
  static final Duration PURGE_AFTER = Duration.ofDays(30);

  private final Database database;
  private final Enqueuer enqueuer;
  private final BookWatch watch;
  private final InstantSource clock;
  private final CachedBooks cached;
  private final BookStore books = new BookStore();
  private final BookEditStore edits = new BookEditStore();
  private final BookLists lists;

  /**
   * @param database transactions of the role scriptorium_api
   * @param enqueuer told of deleted books
   * @param watch knows what runs now
   */
  public Catalog(
      Database database,
      Enqueuer enqueuer,
      BookWatch watch,
      CachedBooks cached,
      InstantSource clock) {
    this.database = database;
    this.enqueuer = enqueuer;
    this.watch = watch;
    this.cached = cached;
    this.clock = clock;
    this.lists = new BookLists(database, watch);
  }

  /** One book, deleted or not. */
  Book get(UUID owner, UUID id, View view) {
    Supplier<Book> load =
        () -> database.inTransaction(owner, handle -> read(handle, owner, id, view));
    // While a job runs, every moment has its own percentages.
    return watch.live(id).isEmpty() ? cached.book(owner, id, view, load) : load.get();
  }

  /** One book as the database has it, deleted or not. */
  StoredBook stored(UUID owner, UUID id) {
    return database.inTransaction(
        owner, handle -> books.find(handle, owner, id).orElseThrow(new BookName(id)::missing));
  }

  /** A page of books in at most two statements. */
  ListBooksResponse list(UUID owner, ListBooksRequest request) {
    return lists.list(owner, request);
  }

  /** Several books in the order of their names, or the error for the first that is missing. */
  BatchGetBooksResponse getAll(UUID owner, BatchGetBooksRequest request) {
    View view = request.getView() == View.VIEW_FULL ? View.VIEW_FULL : View.VIEW_BASIC;
    int most = view == View.VIEW_FULL ? BookLists.MAX_FULL_PAGE : PageSize.MAX;
    int count = request.getNamesCount();
    if (count < 1 || count > most) {
      throw InvalidField.of("names", count + " names", "1 to " + most + " names");
    }
    List<UUID> ids =
        request.getNamesList().stream().map(name -> BookName.parse("names", name).id()).toList();
    return database.inTransaction(
        owner,
        handle -> {
          Map<UUID, Book> found = new HashMap<>();
          List<StoredBook> stored = books.named(handle, owner, ids.stream().distinct().toList());
          lists
              .messages(handle, owner, stored, view)
              .forEach(book -> found.put(BookName.parse("name", book.getName()).id(), book));
          BatchGetBooksResponse.Builder response = BatchGetBooksResponse.newBuilder();
          for (UUID id : ids) {
            Book book = found.get(id);
            if (book == null) {
              throw new BookName(id).missing();
            }
            response.addBooks(book);
          }
          return response.build();
        });
  }

  /** What the caller's books add up to. */
  LibraryTotals totals(UUID owner) {
    return database.inTransaction(owner, handle -> books.totals(handle, owner));
  }

  /** Changes metadata; the changed fields are the owner's from now on. */
  Book update(UUID owner, UpdateBookRequest request) {
    UUID id = BookName.parse("book.name", request.getBook().getName()).id();
    Set<String> fields = BookEdit.fields(request);
    Book updated =
        database.inTransaction(
            owner,
            handle -> {
              long revision = edits.lock(handle, owner, id).orElseThrow(new BookName(id)::missing);
              Etag.require(request.getEtag(), revision);
              if (!fields.isEmpty()) {
                edits.update(handle, owner, id, request.getBook(), fields, now());
              }
              if (fields.contains("tags")) {
                edits.setTags(
                    handle, owner, List.of(new BookEditStore.Edit(id, request.getBook(), fields)));
              }
              return read(handle, owner, id, View.VIEW_FULL);
            });
    cached.changed(List.of(id));
    return updated;
  }

  /** Marks a book as deleted and stops its jobs. */
  Book delete(UUID owner, DeleteBookRequest request) {
    UUID id = BookName.parse("name", request.getName()).id();
    Book deleted =
        database.inTransaction(
            owner,
            handle -> {
              long revision = edits.lock(handle, owner, id).orElseThrow(new BookName(id)::missing);
              Etag.require(request.getEtag(), revision);
              Instant now = now();
              edits.delete(handle, owner, List.of(id), now, now.plus(PURGE_AFTER));
              edits.releaseFiles(handle, owner, List.of(id), now);
              return read(handle, owner, id, View.VIEW_FULL);
            });
    cached.changed(List.of(id));
    enqueuer.cancelBook(id);
    return deleted;
  }

  private Book read(Handle handle, UUID owner, UUID id, View view) {
    boolean full = view == View.VIEW_FULL;
    StoredBook book =
        (full ? books.findFull(handle, owner, id) : books.find(handle, owner, id))
            .orElseThrow(new BookName(id)::missing);
    return book.message(view, watch.live(id)).build();
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
