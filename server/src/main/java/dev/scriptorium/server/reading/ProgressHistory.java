package dev.scriptorium.server.reading;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.ListDeviceProgressRequest;
import dev.scriptorium.v1.ListDeviceProgressResponse;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.ListProgressHistoryResponse;
import dev.scriptorium.v1.ListProgressRequest;
import dev.scriptorium.v1.ListProgressResponse;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ProgressStep;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Lists of places: of all books, of all devices, of all times. Thread-safe. */
public final class ProgressHistory {
  private static final UUID NEWEST = new UUID(-1, -1);

  private final Database database;
  private final ProgressStore store = new ProgressStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public ProgressHistory(Database database) {
    this.database = database;
  }

  /** Heads of all books, newer books first. */
  ListProgressResponse heads(UUID owner, ListProgressRequest request) {
    int size = PageSize.of(request.getPageSize());
    String list = "ListProgress " + owner;
    String token = request.getPageToken();
    UUID before = token.isEmpty() ? NEWEST : PageToken.decode(token, list).id(0);
    List<Progress> found =
        database.inTransaction(owner, handle -> store.heads(handle, owner, before, size + 1));
    Page<Progress> page = Page.of(found, size);
    ListProgressResponse.Builder response =
        ListProgressResponse.newBuilder().addAllProgress(page.items());
    if (page.more()) {
      UUID last = BookName.parseProgress("name", page.items().getLast().getName()).id();
      response.setNextPageToken(PageToken.of(last.toString()).encode(list));
    }
    return response.build();
  }

  /** Heads of the devices in a book. */
  ListDeviceProgressResponse devices(UUID owner, ListDeviceProgressRequest request) {
    UUID book = BookName.parseProgress("name", request.getName()).id();
    return database.inTransaction(
        owner,
        handle -> {
          requireBook(handle, owner, book);
          return ListDeviceProgressResponse.newBuilder()
              .addAllHeads(store.devices(handle, owner, book))
              .build();
        });
  }

  /** The log of a book, newest first. */
  ListProgressHistoryResponse steps(UUID owner, ListProgressHistoryRequest request) {
    UUID book = BookName.parseProgress("parent", request.getParent()).id();
    int size = PageSize.of(request.getPageSize());
    String list = "ListProgressHistory " + owner + " " + book;
    String token = request.getPageToken();
    long before = token.isEmpty() ? Long.MAX_VALUE : PageToken.decode(token, list).number(0);
    List<ProgressStep> found =
        database.inTransaction(
            owner,
            handle -> {
              requireBook(handle, owner, book);
              return store.steps(handle, owner, book, before, size + 1);
            });
    Page<ProgressStep> page = Page.of(found, size);
    ListProgressHistoryResponse.Builder response =
        ListProgressHistoryResponse.newBuilder().addAllSteps(page.items());
    if (page.more()) {
      long last = ReadingName.step("name", page.items().getLast().getName()).event();
      response.setNextPageToken(PageToken.of(Long.toString(last)).encode(list));
    }
    return response.build();
  }

  private void requireBook(Handle handle, UUID owner, UUID book) {
    if (store.head(handle, owner, book).isEmpty()) {
      throw new BookName(book).missing();
    }
  }
}
