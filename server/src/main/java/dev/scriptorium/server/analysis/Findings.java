package dev.scriptorium.server.analysis;

import dev.scriptorium.server.analysis.ListStore.EntityKey;
import dev.scriptorium.server.analysis.ListStore.FoundEntity;
import dev.scriptorium.server.analysis.ListStore.FoundPassage;
import dev.scriptorium.server.analysis.ListStore.PassageFilter;
import dev.scriptorium.server.analysis.ListStore.PassageKey;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListEntitiesResponse;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListPassagesRequest.Order;
import dev.scriptorium.v1.ListPassagesResponse;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.PassageType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rules of listing what was found in a book. Thread-safe. */
public final class Findings {
  private static final int MAX_PRIORITY = 100;

  private final Database database;
  private final ListStore store = new ListStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Findings(Database database) {
    this.database = database;
  }

  /** A page of passages. */
  ListPassagesResponse passages(UUID owner, ListPassagesRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    PassageFilter filter = filter(request, book);
    boolean byPlace = request.getOrder() == Order.ORDER_READING;
    int size = PageSize.of(request.getPageSize());
    String list = "ListPassages " + owner + " " + book + " " + filter + " " + byPlace;
    PassageKey after = passageKey(request.getPageToken(), list);
    List<FoundPassage> found =
        database.inTransaction(
            owner,
            handle -> {
              requireBook(handle, owner, book);
              return byPlace
                  ? store.byPlace(handle, owner, book, filter, after, size + 1)
                  : store.byPriority(handle, owner, book, filter, after, size + 1);
            });
    Page<Passage> page = Page.of(found.stream().map(FoundPassage::passage).toList(), size);
    ListPassagesResponse.Builder response =
        ListPassagesResponse.newBuilder().addAllPassages(page.items());
    if (page.more()) {
      response.setNextPageToken(token(found.get(page.items().size() - 1).key()).encode(list));
    }
    return response.build();
  }

  /** A page of characters and places. */
  ListEntitiesResponse entities(UUID owner, ListEntitiesRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    if (request.getType() == EntityType.UNRECOGNIZED) {
      throw InvalidField.of("type", request.getTypeValue(), "CHARACTER, PLACE, or unspecified");
    }
    requireUpTo(request.getUpTo());
    int size = PageSize.of(request.getPageSize());
    String cut = request.hasUpTo() ? Long.toString(request.getUpTo()) : "end";
    String list = "ListEntities " + owner + " " + book + " " + request.getTypeValue() + " " + cut;
    EntityKey after = entityKey(request.getPageToken(), list);
    List<FoundEntity> found =
        database.inTransaction(
            owner, handle -> entities(handle, owner, book, request, after, size + 1));
    Page<Entity> page = Page.of(found.stream().map(FoundEntity::entity).toList(), size);
    ListEntitiesResponse.Builder response =
        ListEntitiesResponse.newBuilder().addAllEntities(page.items());
    if (page.more()) {
      response.setNextPageToken(token(found.get(page.items().size() - 1).key()).encode(list));
    }
    return response.build();
  }

  private List<FoundEntity> entities(
      Handle handle,
      UUID owner,
      UUID book,
      ListEntitiesRequest request,
      EntityKey after,
      int limit) {
    requireBook(handle, owner, book);
    int type = request.getTypeValue();
    return request.hasUpTo()
        ? store.entitiesUpTo(handle, owner, book, type, request.getUpTo(), after, limit)
        : store.entities(handle, owner, book, type, after, limit);
  }

  private static PassageFilter filter(ListPassagesRequest request, UUID book) {
    if (request.getType() == PassageType.UNRECOGNIZED) {
      throw InvalidField.of("type", request.getTypeValue(), "a published type, or unspecified");
    }
    if (request.getOrder() == Order.UNRECOGNIZED) {
      throw InvalidField.of("order", request.getOrderValue(), "PRIORITY, READING, or unspecified");
    }
    int priority = request.getMinPriority();
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw InvalidField.of("min_priority", priority, "0 to " + MAX_PRIORITY);
    }
    requireUpTo(request.getUpTo());
    return new PassageFilter(
        request.getTypeValue(),
        MAX_PRIORITY - priority,
        chapter(request.getChapter(), book),
        request.hasUpTo() ? request.getUpTo() : Long.MAX_VALUE);
  }

  private static int chapter(String name, UUID book) {
    if (name.isEmpty()) {
      return 0;
    }
    BookName.Chapter chapter = BookName.parseChapter("chapter", name);
    if (!chapter.book().equals(book)) {
      throw InvalidField.of("chapter", name, "a chapter of the parent");
    }
    return chapter.ordinal();
  }

  private static void requireUpTo(long upTo) {
    if (upTo < 0) {
      throw InvalidField.of("up_to", upTo, "0 or more");
    }
  }

  private void requireBook(Handle handle, UUID owner, UUID book) {
    if (!store.bookExists(handle, owner, book)) {
      BookName name = new BookName(book);
      throw new ApiException(
          ErrorReason.ERROR_REASON_BOOK_NOT_FOUND,
          "there is no book " + name,
          Map.of("book", name.toString()));
    }
  }

  private static PassageKey passageKey(String token, String list) {
    if (token.isEmpty()) {
      return PassageKey.START;
    }
    PageToken key = PageToken.decode(token, list);
    return new PassageKey(key.number(0), key.number(1), key.number(2));
  }

  private static PageToken token(PassageKey key) {
    return PageToken.of(
        Long.toString(key.rank()), Long.toString(key.bookStart()), Long.toString(key.ordinal()));
  }

  private static EntityKey entityKey(String token, String list) {
    if (token.isEmpty()) {
      return EntityKey.START;
    }
    PageToken key = PageToken.decode(token, list);
    return new EntityKey(key.number(0), key.text(1), key.number(2));
  }

  private static PageToken token(EntityKey key) {
    return PageToken.of(Long.toString(key.rank()), key.displayName(), Long.toString(key.ordinal()));
  }
}
