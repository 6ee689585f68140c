package dev.scriptorium.server.catalog;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.Enqueuer;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The rules of books: reading, listing, changing, deleting. Thread-safe. */
public final class Catalog {
  private static final Duration PURGE_AFTER = Duration.ofDays(30);
  // The FULL view can be long; fewer a page keep the work of one call bounded.
  private static final int MAX_FULL_PAGE = 50;

  private final Database database;
  private final Enqueuer enqueuer;
  private final BookWatch watch;
  private final InstantSource clock;
  private final BookStore books = new BookStore();
  private final BookDetailStore details = new BookDetailStore();

  /**
   * @param database transactions of the role scriptorium_api
   * @param enqueuer told of deleted books
   * @param watch knows what runs now
   */
  public Catalog(Database database, Enqueuer enqueuer, BookWatch watch, InstantSource clock) {
    this.database = database;
    this.enqueuer = enqueuer;
    this.watch = watch;
    this.clock = clock;
  }

  /** One book, deleted or not. */
  Book get(UUID owner, UUID id, View view) {
    return database.inTransaction(owner, handle -> read(handle, owner, id, view));
  }

  /** One book as the database has it, deleted or not. */
  StoredBook stored(UUID owner, UUID id) {
    return database.inTransaction(
        owner, handle -> books.find(handle, owner, id).orElseThrow(missing(id)));
  }

  /** A page of books, newest first, in at most two statements. */
  ListBooksResponse list(UUID owner, ListBooksRequest request) {
    View view = request.getView() == View.VIEW_FULL ? View.VIEW_FULL : View.VIEW_BASIC;
    int size = PageSize.of(request.getPageSize());
    int limit = view == View.VIEW_FULL ? Math.min(size, MAX_FULL_PAGE) : size;
    String list = "ListBooks " + owner + " " + request.getShowDeleted();
    UUID before = before(request.getPageToken(), list);
    List<Book> found =
        database.inTransaction(
            owner,
            handle ->
                messages(
                    handle,
                    owner,
                    books.list(handle, owner, before, limit + 1, request.getShowDeleted()),
                    view));
    Page<Book> page = Page.of(found, limit);
    ListBooksResponse.Builder response = ListBooksResponse.newBuilder().addAllBooks(page.items());
    if (page.more()) {
      UUID last = BookName.parse("name", page.items().getLast().getName()).id();
      response.setNextPageToken(PageToken.of(last.toString()).encode(list));
    }
    return response.build();
  }

  /** Changes metadata; the changed fields are the owner's from now on. */
  Book update(UUID owner, UpdateBookRequest request) {
    UUID id = BookName.parse("book.name", request.getBook().getName()).id();
    Set<String> fields = BookEdit.fields(request);
    return database.inTransaction(
        owner,
        handle -> {
          long revision = books.lock(handle, owner, id).orElseThrow(missing(id));
          Etag.require(request.getEtag(), revision);
          if (!fields.isEmpty()) {
            books.update(handle, owner, id, request.getBook(), fields, now());
          }
          return read(handle, owner, id, View.VIEW_FULL);
        });
  }

  /** Marks a book as deleted and stops its jobs. */
  Book delete(UUID owner, DeleteBookRequest request) {
    UUID id = BookName.parse("name", request.getName()).id();
    Book deleted =
        database.inTransaction(
            owner,
            handle -> {
              long revision = books.lock(handle, owner, id).orElseThrow(missing(id));
              Etag.require(request.getEtag(), revision);
              books.delete(handle, owner, id, now(), now().plus(PURGE_AFTER));
              books.releaseFile(handle, owner, id, now());
              return read(handle, owner, id, View.VIEW_FULL);
            });
    enqueuer.cancelBook(id);
    return deleted;
  }

  /** The error for a book that is missing or somebody else's: the two look the same. */
  static Supplier<ApiException> missing(UUID id) {
    BookName name = new BookName(id);
    return () ->
        new ApiException(
            ErrorReason.ERROR_REASON_BOOK_NOT_FOUND,
            "there is no book " + name,
            Map.of("book", name.toString()));
  }

  private Book read(Handle handle, UUID owner, UUID id, View view) {
    StoredBook book = books.find(handle, owner, id).orElseThrow(missing(id));
    return messages(handle, owner, List.of(book), view).getFirst();
  }

  private List<Book> messages(Handle handle, UUID owner, List<StoredBook> found, View view) {
    Map<UUID, Book.Builder> messages = new LinkedHashMap<>();
    for (StoredBook book : found) {
      messages.put(book.id(), book.message(view, watch.live(book.id())));
    }
    if (view == View.VIEW_FULL && !messages.isEmpty()) {
      details.addTo(handle, owner, messages);
    }
    return messages.values().stream().map(Book.Builder::build).toList();
  }

  private static UUID before(String token, String list) {
    return token.isEmpty() ? BookStore.NEWEST : PageToken.decode(token, list).id(0);
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
