package dev.scriptorium.server.collections;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.RemoveBooksRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The rules of putting books into collections and taking them out. Thread-safe. */
public final class Shelves {
  private static final int MAX_BATCH = 500;

  private final Database database;
  private final Consumer<java.util.Collection<UUID>> readersChanged;
  private final InstantSource clock;
  private final CollectionStore store = new CollectionStore();
  private final ShelfStore shelves = new ShelfStore();

  /** As of {@link Collections}. */
  public Shelves(
      Database database, Consumer<java.util.Collection<UUID>> readersChanged, InstantSource clock) {
    this.database = database;
    this.readersChanged = readersChanged;
    this.clock = clock;
  }

  /** Puts books at the end, all or none. */
  Collection add(UUID owner, AddBooksRequest request) {
    CollectionName name = CollectionName.parse("name", request.getName());
    List<UUID> books = books(request.getBooksList());
    return database.inTransaction(
        owner,
        handle -> {
          StoredCollection before = lock(handle, owner, name, request.getEtag());
          Optional<UUID> missing = shelves.missing(handle, owner, books);
          if (missing.isPresent()) {
            throw new BookName(missing.get()).missing();
          }
          Instant now = now();
          if (shelves.add(handle, before, books, now) == 0) {
            return before.message();
          }
          store.touch(handle, before, now);
          StoredCollection after = store.find(handle, owner, name.id()).orElseThrow(name::missing);
          if (after.bookCount() > Collections.MAX_BOOKS) {
            throw full();
          }
          return after.message();
        });
  }

  /** Takes books out. */
  Collection remove(UUID owner, RemoveBooksRequest request) {
    CollectionName name = CollectionName.parse("name", request.getName());
    List<UUID> books = books(request.getBooksList());
    Collection after =
        database.inTransaction(
            owner,
            handle -> {
              StoredCollection before = lock(handle, owner, name, request.getEtag());
              if (shelves.remove(handle, before, books).isEmpty()) {
                return before.message();
              }
              store.touch(handle, before, now());
              return store.find(handle, owner, name.id()).orElseThrow(name::missing).message();
            });
    readersChanged.accept(books);
    return after;
  }

  private StoredCollection lock(Handle handle, UUID owner, CollectionName name, String etag) {
    StoredCollection found = store.lock(handle, owner, name.id()).orElseThrow(name::missing);
    found.requireEtag(etag);
    return found;
  }

  private static List<UUID> books(List<String> names) {
    if (names.isEmpty() || names.size() > MAX_BATCH) {
      throw InvalidField.of("books", names.size() + " names", "1 to " + MAX_BATCH + " names");
    }
    return names.stream().map(book -> BookName.parse("books", book).id()).distinct().toList();
  }

  private static ApiException full() {
    return new ApiException(
        ErrorReason.ERROR_REASON_COLLECTION_FULL,
        "a collection has at most " + Collections.MAX_BOOKS + " books",
        Map.of("limit", Integer.toString(Collections.MAX_BOOKS)));
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
