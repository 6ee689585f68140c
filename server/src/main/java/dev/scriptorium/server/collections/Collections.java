package dev.scriptorium.server.collections;

import dev.scriptorium.server.catalog.BookLists;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.DeleteCollectionRequest;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListCollectionBooksRequest;
import dev.scriptorium.v1.ListCollectionBooksResponse;
import dev.scriptorium.v1.ListCollectionsRequest;
import dev.scriptorium.v1.ListCollectionsRequest.Direction;
import dev.scriptorium.v1.ListCollectionsResponse;
import dev.scriptorium.v1.UpdateCollectionRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The rules of collections: making, reading, changing, deleting. Thread-safe. */
public final class Collections {
  static final int MAX_BOOKS = 10_000;
  private static final int MAX_OF_OWNER = 1000;
  private static final UUID FIRST = new UUID(0, 0);

  private final Database database;
  private final BookLists lists;
  private final Consumer<java.util.Collection<UUID>> readersChanged;
  private final InstantSource clock;
  private final CollectionStore store = new CollectionStore();
  private final ShelfStore shelves = new ShelfStore();

  /**
   * @param database transactions of the role scriptorium_api
   * @param readersChanged told of books that fewer people may read than before, after the commit
   */
  public Collections(
      Database database,
      BookLists lists,
      Consumer<java.util.Collection<UUID>> readersChanged,
      InstantSource clock) {
    this.database = database;
    this.lists = lists;
    this.readersChanged = readersChanged;
    this.clock = clock;
  }

  /** Makes a collection, or gives the one that was made under the id. */
  Collection create(UUID owner, CreateCollectionRequest request) {
    CollectionName name = CollectionName.chosen(request.getCollectionId());
    StoredCollection fresh = CollectionEdit.fresh(name, owner, request.getCollection(), now());
    return database.inTransaction(
        owner,
        handle -> {
          boolean inserted = store.insert(handle, fresh);
          if (inserted && store.full(handle, owner, MAX_OF_OWNER + 1)) {
            throw limit();
          }
          return store
              .find(handle, owner, name.id())
              .filter(found -> found.owner().equals(owner))
              .orElseThrow(Collections::idUsed)
              .message();
        });
  }

  /** One that the caller may see. */
  Collection get(UUID caller, String name) {
    CollectionName collection = CollectionName.parse("name", name);
    return database.inTransaction(
        caller,
        handle ->
            store.find(handle, caller, collection.id()).orElseThrow(collection::missing).message());
  }

  /** A page of them. */
  ListCollectionsResponse list(UUID caller, ListCollectionsRequest request) {
    if (request.getDirection() == Direction.UNRECOGNIZED) {
      throw InvalidField.of("direction", request.getDirectionValue(), "OWN or WITH_ME");
    }
    boolean shared = request.getDirection() == Direction.DIRECTION_WITH_ME;
    int size = PageSize.of(request.getPageSize());
    String list = "ListCollections " + caller + " " + shared;
    String token = request.getPageToken();
    UUID after = token.isEmpty() ? FIRST : PageToken.decode(token, list).id(0);
    List<StoredCollection> found =
        database.inTransaction(
            caller,
            handle ->
                shared
                    ? store.shared(handle, caller, after, size + 1)
                    : store.own(handle, caller, after, size + 1));
    Page<Collection> page = Page.of(found.stream().map(StoredCollection::message).toList(), size);
    ListCollectionsResponse.Builder response =
        ListCollectionsResponse.newBuilder().addAllCollections(page.items());
    if (page.more()) {
      UUID last = found.get(page.items().size() - 1).id();
      response.setNextPageToken(PageToken.of(last.toString()).encode(list));
    }
    return response.build();
  }

  /** Changes title or description. */
  Collection update(UUID owner, UpdateCollectionRequest request) {
    CollectionName name =
        CollectionName.parse("collection.name", request.getCollection().getName());
    Set<String> fields = CollectionEdit.fields(request);
    return database.inTransaction(
        owner,
        handle -> {
          StoredCollection before = store.lock(handle, owner, name.id()).orElseThrow(name::missing);
          before.requireEtag(request.getEtag());
          if (!fields.isEmpty()) {
            store.update(
                handle, CollectionEdit.changed(before, request.getCollection(), fields, now()));
          }
          return store.find(handle, owner, name.id()).orElseThrow(name::missing).message();
        });
  }

  /** Deletes it, and what others could read through it. */
  void delete(UUID owner, DeleteCollectionRequest request) {
    CollectionName name = CollectionName.parse("name", request.getName());
    List<UUID> books =
        database.inTransaction(
            owner,
            handle -> {
              StoredCollection before =
                  store.lock(handle, owner, name.id()).orElseThrow(name::missing);
              before.requireEtag(request.getEtag());
              List<UUID> left = shelves.books(handle, name.id(), owner);
              store.delete(handle, before);
              return left;
            });
    readersChanged.accept(books);
  }

  /** A page of its books, in two statements; three for the FULL view. */
  ListCollectionBooksResponse books(UUID caller, ListCollectionBooksRequest request) {
    CollectionName name = CollectionName.parse("parent", request.getParent());
    return database.inTransaction(
        caller,
        handle -> {
          StoredCollection collection =
              store.find(handle, caller, name.id()).orElseThrow(name::missing);
          return lists.ofCollection(handle, caller, name.id(), collection.owner(), request);
        });
  }

  private static ApiException limit() {
    return new ApiException(
        ErrorReason.ERROR_REASON_COLLECTION_LIMIT,
        "you have " + MAX_OF_OWNER + " collections, which is the most",
        Map.of("limit", Integer.toString(MAX_OF_OWNER)));
  }

  private static ApiException idUsed() {
    return new ApiException(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        "the collection id was used before; make a new one",
        Map.of());
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
