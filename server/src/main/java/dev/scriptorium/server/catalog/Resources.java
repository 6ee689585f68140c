package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.PieceStore.Piece;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListResourcesRequest;
import dev.scriptorium.v1.ListResourcesResponse;
import dev.scriptorium.v1.ReadResourceRequest;
import dev.scriptorium.v1.Resource;
import dev.scriptorium.v1.ResourceHeader;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of pictures inside books. Thread-safe. */
public final class Resources {
  // The path is a key in the database and never one of a file system.
  private static final Pattern NAME =
      Pattern.compile("(books/[0-9a-f-]{36})/resources/([^\\p{Cntrl}]{1,500})");

  private final Database database;
  private final BookStore books = new BookStore();
  private final ResourceStore store = new ResourceStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Resources(Database database) {
    this.database = database;
  }

  /** A page of the pictures of a book, by their names. */
  ListResourcesResponse list(UUID caller, ListResourcesRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    int size = PageSize.of(request.getPageSize());
    String list = "ListResources " + caller + " " + book;
    String after =
        request.getPageToken().isEmpty()
            ? ""
            : PageToken.decode(request.getPageToken(), list).text(0);
    List<Resource> found =
        database.inTransaction(
            caller,
            handle -> {
              if (!books.exists(handle, caller, book)) {
                throw new BookName(book).missing();
              }
              return store.list(handle, caller, book, after, size + 1).stream()
                  .map(each -> message(book, each))
                  .toList();
            });
    Page<Resource> page = Page.of(found, size);
    ListResourcesResponse.Builder response =
        ListResourcesResponse.newBuilder().addAllResources(page.items());
    if (page.more()) {
      Matcher last = match(page.items().getLast().getName());
      response.setNextPageToken(PageToken.of(last.group(2)).encode(list));
    }
    return response.build();
  }

  /** Where a picture lies. */
  Piece find(UUID caller, ReadResourceRequest request) {
    Matcher name = match(request.getName());
    UUID book = BookName.parse("name", name.group(1)).id();
    return database.inTransaction(
        caller,
        handle -> {
          if (!books.exists(handle, caller, book)) {
            throw new BookName(book).missing();
          }
          return store
              .find(handle, caller, book, name.group(2))
              .map(ResourceStore.Stored::content)
              .orElseThrow(() -> noResource(request.getName()));
        });
  }

  /**
   * What a client is told before a picture's bytes.
   *
   * @param ifNoneMatch etag of what the client has; empty when it has nothing
   */
  static ResourceHeader header(Piece piece, String ifNoneMatch) {
    return ResourceHeader.newBuilder()
        .setMediaType(piece.mediaType())
        .setSizeBytes(piece.length())
        .setEtag(etag(piece))
        .setNotModified(ifNoneMatch.equals(etag(piece)))
        .build();
  }

  private static String etag(Piece piece) {
    return "\"" + piece.sha256() + "\"";
  }

  private static Matcher match(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of("name", name, "books/{lower-case UUID}/resources/{path}");
    }
    return matcher;
  }

  private static Resource message(UUID book, ResourceStore.Stored stored) {
    Piece content = stored.content();
    return Resource.newBuilder()
        .setName(new BookName(book) + "/resources/" + content.name())
        .setMediaType(content.mediaType())
        .setWidth(stored.width())
        .setHeight(stored.height())
        .setSizeBytes(content.length())
        .setEtag(etag(content))
        .build();
  }

  private static ApiException noResource(String name) {
    return new ApiException(
        ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
        "there is no " + name + ", or the book is not parsed yet",
        Map.of("resource", name));
  }
}
