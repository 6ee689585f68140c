package dev.scriptorium.server.analysis;

import dev.scriptorium.server.analysis.EntityStore.EntityKey;
import dev.scriptorium.server.analysis.EntityStore.FoundEntity;
import dev.scriptorium.server.analysis.EntityStore.FoundMention;
import dev.scriptorium.server.analysis.PassageStore.FoundPassage;
import dev.scriptorium.server.analysis.PassageStore.PassageFilter;
import dev.scriptorium.server.analysis.PassageStore.PassageKey;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListEntitiesResponse;
import dev.scriptorium.v1.ListMentionsRequest;
import dev.scriptorium.v1.ListMentionsResponse;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListPassagesRequest.Order;
import dev.scriptorium.v1.ListPassagesResponse;
import dev.scriptorium.v1.Mention;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.PassageType;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rules of listing what was found in a book. Thread-safe. */
public final class Findings {
  private static final int MAX_PRIORITY = 100;

  private final Database database;
  private final PassageStore passages = new PassageStore();
  private final EntityStore entities = new EntityStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Findings(Database database) {
    this.database = database;
  }

  /** A page of passages. */
  ListPassagesResponse passages(UUID caller, ListPassagesRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    PassageFilter filter = filter(request, book);
    boolean byPlace = request.getOrder() == Order.ORDER_READING;
    int size = PageSize.of(request.getPageSize());
    String list = "ListPassages " + caller + " " + book + " " + filter + " " + byPlace;
    PassageKey after = passageKey(request.getPageToken(), list);
    List<FoundPassage> found =
        database.inTransaction(
            caller,
            handle -> {
              UUID owner = owner(handle, caller, book);
              return byPlace
                  ? passages.byPlace(handle, owner, book, filter, after, size + 1)
                  : passages.byPriority(handle, owner, book, filter, after, size + 1);
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
  ListEntitiesResponse entities(UUID caller, ListEntitiesRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    if (request.getType() == EntityType.UNRECOGNIZED) {
      throw InvalidField.of("type", request.getTypeValue(), "CHARACTER, PLACE, or unspecified");
    }
    UpTo.require(request.getUpTo());
    int size = PageSize.of(request.getPageSize());
    String cut = request.hasUpTo() ? Long.toString(request.getUpTo()) : "end";
    String list = "ListEntities " + caller + " " + book + " " + request.getTypeValue() + " " + cut;
    EntityKey after = entityKey(request.getPageToken(), list);
    List<FoundEntity> found =
        database.inTransaction(
            caller, handle -> entities(handle, caller, book, request, after, size + 1));
    Page<Entity> page = Page.of(found.stream().map(FoundEntity::entity).toList(), size);
    ListEntitiesResponse.Builder response =
        ListEntitiesResponse.newBuilder().addAllEntities(page.items());
    if (page.more()) {
      response.setNextPageToken(token(found.get(page.items().size() - 1).key()).encode(list));
    }
    return response.build();
  }

  /** A page of the places where an entity is named. */
  ListMentionsResponse mentions(UUID caller, ListMentionsRequest request) {
    BookName.Entity name = BookName.parseEntity("parent", request.getParent());
    int chapter = chapter(request.getChapter(), name.book());
    long upTo = UpTo.of(request.hasUpTo(), request.getUpTo());
    int size = PageSize.of(request.getPageSize());
    String list = "ListMentions " + caller + " " + name + " " + chapter + " " + upTo;
    String token = request.getPageToken();
    long after = token.isEmpty() ? 0 : PageToken.decode(token, list).number(0);
    List<FoundMention> found =
        database.inTransaction(
            caller,
            handle -> {
              UUID owner = owner(handle, caller, name.book());
              if (entities.find(handle, owner, name, request.hasUpTo(), upTo).isEmpty()) {
                throw Absent.entity(name);
              }
              return entities.mentions(handle, owner, name, chapter, upTo, after, size + 1);
            });
    Page<Mention> page = Page.of(found.stream().map(FoundMention::mention).toList(), size);
    ListMentionsResponse.Builder response =
        ListMentionsResponse.newBuilder().addAllMentions(page.items());
    if (page.more()) {
      long last = found.get(page.items().size() - 1).ordinal();
      response.setNextPageToken(PageToken.of(Long.toString(last)).encode(list));
    }
    return response.build();
  }

  private List<FoundEntity> entities(
      Handle handle,
      UUID caller,
      UUID book,
      ListEntitiesRequest request,
      EntityKey after,
      int limit) {
    UUID owner = owner(handle, caller, book);
    int type = request.getTypeValue();
    return request.hasUpTo()
        ? entities.entitiesUpTo(handle, owner, book, type, request.getUpTo(), after, limit)
        : entities.entities(handle, owner, book, type, after, limit);
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
    return new PassageFilter(
        request.getTypeValue(),
        MAX_PRIORITY - priority,
        chapter(request.getChapter(), book),
        UpTo.of(request.hasUpTo(), request.getUpTo()));
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

  private UUID owner(Handle handle, UUID caller, UUID book) {
    return entities.owner(handle, caller, book).orElseThrow(new BookName(book)::missing);
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
