package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.BookListStore.Listed;
import dev.scriptorium.server.catalog.BookListStore.Place;
import dev.scriptorium.server.catalog.BookListStore.Selection;
import dev.scriptorium.server.catalog.BookListStore.Shelf;
import dev.scriptorium.server.catalog.filter.Condition;
import dev.scriptorium.server.catalog.filter.FilterParser;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.ListCollectionBooksRequest;
import dev.scriptorium.v1.ListCollectionBooksResponse;
import dev.scriptorium.v1.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lists of books: all of a caller, or those of a collection. Thread-safe. */
public final class BookLists {
  // The FULL view can be long; fewer a page keep the work of one call bounded.
  static final int MAX_FULL_PAGE = 50;

  private final Database database;
  private final BookWatch watch;
  private final BookListStore lists = new BookListStore();
  private final BookDetailStore details = new BookDetailStore();

  /** What is asked for, as it stands in the page token. */
  private record Request(String list, View view, int pageSize, String pageToken) {
    View shown() {
      return view == View.VIEW_FULL ? View.VIEW_FULL : View.VIEW_BASIC;
    }

    int limit() {
      int size = PageSize.of(pageSize);
      return shown() == View.VIEW_FULL ? Math.min(size, MAX_FULL_PAGE) : size;
    }

    @Nullable Place behind() {
      if (pageToken.isEmpty()) {
        return null;
      }
      PageToken decoded = PageToken.decode(pageToken, list);
      return new Place(decoded.text(0), decoded.id(1));
    }
  }

  private record Answer(List<Book> books, String nextPageToken) {}

  /**
   * @param database transactions of the role scriptorium_api
   * @param watch knows what runs now
   */
  public BookLists(Database database, BookWatch watch) {
    this.database = database;
    this.watch = watch;
  }

  /** A page of the caller's books in at most two statements. */
  ListBooksResponse list(UUID owner, ListBooksRequest request) {
    Selection selection =
        new Selection(
            Condition.of(FilterParser.parse(request.getFilter())),
            BookOrder.of(request.getOrderBy()),
            request.getShowDeleted(),
            null);
    String list =
        String.join(
            "\0",
            "ListBooks",
            owner.toString(),
            Boolean.toString(selection.deletedToo()),
            selection.order().name(),
            request.getFilter());
    Request wanted =
        new Request(list, request.getView(), request.getPageSize(), request.getPageToken());
    Answer answer = database.inTransaction(owner, handle -> page(handle, owner, selection, wanted));
    return ListBooksResponse.newBuilder()
        .addAllBooks(answer.books())
        .setNextPageToken(answer.nextPageToken())
        .build();
  }

  /**
   * A page of the books of a collection that the caller may read.
   *
   * @param handle a transaction of the caller
   * @param owner whose collection it is
   */
  public ListCollectionBooksResponse ofCollection(
      Handle handle, UUID caller, UUID collection, UUID owner, ListCollectionBooksRequest request) {
    Selection selection =
        new Selection(
            Condition.of(FilterParser.parse(request.getFilter())),
            BookOrder.inCollection(request.getOrderBy()),
            false,
            new Shelf(collection, owner));
    String list =
        String.join(
            "\0",
            "ListCollectionBooks",
            caller.toString(),
            collection.toString(),
            selection.order().name(),
            request.getFilter());
    Request wanted =
        new Request(list, request.getView(), request.getPageSize(), request.getPageToken());
    Answer answer = page(handle, caller, selection, wanted);
    return ListCollectionBooksResponse.newBuilder()
        .addAllBooks(answer.books())
        .setNextPageToken(answer.nextPageToken())
        .build();
  }

  private Answer page(Handle handle, UUID caller, Selection selection, Request wanted) {
    int limit = wanted.limit();
    List<Listed> found = lists.list(handle, caller, selection, wanted.behind(), limit + 1);
    List<StoredBook> stored = found.stream().map(Listed::book).toList();
    Page<Book> page = Page.of(messages(handle, caller, stored, wanted.shown()), limit);
    if (!page.more()) {
      return new Answer(page.items(), "");
    }
    Listed last = found.get(page.items().size() - 1);
    return new Answer(
        page.items(), PageToken.of(last.key(), last.book().id().toString()).encode(wanted.list()));
  }

  /** The messages of books, in their order; contents and warnings take one more statement. */
  List<Book> messages(Handle handle, UUID owner, List<StoredBook> found, View view) {
    Map<UUID, Book.Builder> messages = new LinkedHashMap<>();
    for (StoredBook book : found) {
      messages.put(book.id(), book.message(view, watch.live(book.id())));
    }
    if (view == View.VIEW_FULL && !messages.isEmpty()) {
      details.addTo(handle, owner, messages);
    }
    return messages.values().stream().map(Book.Builder::build).toList();
  }
}
