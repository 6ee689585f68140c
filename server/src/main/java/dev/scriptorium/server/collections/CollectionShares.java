package dev.scriptorium.server.collections;

import dev.scriptorium.server.collections.CollectionShareStore.Shared;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.identity.Readers;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.CollectionShare;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListCollectionSharesRequest;
import dev.scriptorium.v1.ListCollectionSharesResponse;
import dev.scriptorium.v1.ShareCollectionRequest;
import dev.scriptorium.v1.UnshareCollectionRequest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The rules of sharing collections. Thread-safe. */
public final class CollectionShares {
  private static final int MAX_READERS = 100;
  private static final int MAX_OF_READER = 1000;

  private final Database system;
  private final Readers readers;
  private final Consumer<java.util.Collection<UUID>> readersChanged;
  private final InstantSource clock;
  private final CollectionShareStore store = new CollectionShareStore();
  private final ShelfStore shelves = new ShelfStore();

  /**
   * @param system of a role that sees every account
   * @param readersChanged told of books that fewer people may read than before, after the commit
   */
  public CollectionShares(
      Database system,
      Readers readers,
      Consumer<java.util.Collection<UUID>> readersChanged,
      InstantSource clock) {
    this.system = system;
    this.readers = readers;
    this.readersChanged = readersChanged;
    this.clock = clock;
  }

  /** Lets a user read what is in a collection of the caller's. */
  CollectionShare share(Caller caller, ShareCollectionRequest request) {
    CollectionName name = CollectionName.parse("name", request.getName());
    return message(
        system.inTransaction(
            handle -> {
              // Before the reader is looked for: who owns no such collection learns nothing of
              // users.
              requireOwner(handle, caller, name);
              UUID reader = readers.findOther(handle, caller, request.getReader());
              if (store.full(handle, name.id(), reader, MAX_READERS, MAX_OF_READER)) {
                throw full();
              }
              store.insert(
                  handle,
                  name.id(),
                  caller.owner(),
                  reader,
                  clock.instant().truncatedTo(ChronoUnit.MICROS));
              readers.record(handle, caller, "ShareCollection", name.toString(), reader);
              return store.find(handle, name.id(), reader);
            }));
  }

  /** Ends that; also for the reader. */
  void unshare(Caller caller, UnshareCollectionRequest request) {
    CollectionName name = CollectionName.parse("name", request.getName());
    List<UUID> books =
        system.inTransaction(
            handle -> {
              UUID owner = store.owner(handle, name.id()).orElseThrow(name::missing);
              UUID reader = reader(handle, caller, owner, name, request.getReader());
              if (store.delete(handle, name.id(), reader)) {
                readers.record(handle, caller, "UnshareCollection", name.toString(), reader);
              } else if (!owner.equals(caller.owner())) {
                throw name.missing();
              }
              return shelves.books(handle, name.id(), owner);
            });
    readersChanged.accept(books);
  }

  /** Who may read a collection of the caller's. */
  ListCollectionSharesResponse list(Caller caller, ListCollectionSharesRequest request) {
    CollectionName name = CollectionName.parse("parent", request.getParent());
    List<Shared> found =
        system.inTransaction(
            handle -> {
              requireOwner(handle, caller, name);
              return store.list(handle, name.id(), caller.owner(), MAX_READERS);
            });
    return ListCollectionSharesResponse.newBuilder()
        .addAllShares(found.stream().map(CollectionShares::message).toList())
        .build();
  }

  // Who does not own the collection may only give it back.
  private UUID reader(
      Handle handle, Caller caller, UUID owner, CollectionName name, String reader) {
    if (owner.equals(caller.owner())) {
      return readers.find(handle, caller, reader);
    }
    if (!Readers.isSelf(caller, reader)) {
      throw name.missing();
    }
    return caller.owner();
  }

  private void requireOwner(Handle handle, Caller caller, CollectionName name) {
    Optional<UUID> owner = store.owner(handle, name.id());
    if (owner.isEmpty() || !owner.get().equals(caller.owner())) {
      throw name.missing();
    }
  }

  private static ApiException full() {
    return new ApiException(
        ErrorReason.ERROR_REASON_SHARE_LIMIT,
        "a collection has at most %d readers, and a user reads at most %d shared collections"
            .formatted(MAX_READERS, MAX_OF_READER),
        Map.of("limit", Integer.toString(MAX_READERS)));
  }

  private static CollectionShare message(Shared share) {
    return CollectionShare.newBuilder()
        .setCollection(new CollectionName(share.collection()).toString())
        .setReader(Readers.name(share.reader()))
        .setReaderDisplayName(share.readerName())
        .setCreateTime(WireTime.of(share.at()))
        .build();
  }
}
