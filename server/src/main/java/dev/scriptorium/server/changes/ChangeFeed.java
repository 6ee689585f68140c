package dev.scriptorium.server.changes;

import dev.scriptorium.server.changes.ChangeStore.Edge;
import dev.scriptorium.server.changes.ChangeStore.Listed;
import dev.scriptorium.server.changes.ChangeStore.Logged;
import dev.scriptorium.server.changes.ChangeStore.Stretch;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.v1.Change;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListChangesRequest;
import dev.scriptorium.v1.ListChangesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Reads the feed: in the order of transactions, never further than the oldest one that is under
 * way. Thread-safe.
 */
public final class ChangeFeed {
  /**
   * Some changes.
   *
   * @param epoch of the places
   * @param next where to go on
   * @param more true when there is more already
   */
  record Part(UUID epoch, List<Change> changes, Place next, boolean more) {
    Part {
      changes = List.copyOf(changes);
    }
  }

  private final Database database;
  private final ChangeStore store = new ChangeStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public ChangeFeed(Database database) {
    this.database = database;
  }

  /** A page of changes, from a token on or from the beginning. */
  ListChangesResponse list(UUID owner, ListChangesRequest request) {
    int size = PageSize.of(request.getPageSize());
    Part part =
        request.getResumeToken().isEmpty()
            ? begin(owner, size)
            : after(owner, Place.decode(owner, request.getResumeToken()), size);
    return ListChangesResponse.newBuilder()
        .addAllChanges(part.changes())
        .setResumeToken(part.next().encode(owner, part.epoch()))
        .setMore(part.more())
        .build();
  }

  /** Behind all that is settled now. */
  Place.Read now(UUID owner) {
    Edge edge = database.inTransaction(owner, store::edge);
    return new Place.Read(edge.epoch(), new Place.Log(edge.settled(), ""));
  }

  /**
   * What comes after a place.
   *
   * @param size most changes, at least 1
   * @throws ApiException CHANGES_COMPACTED when not all of it is known any more
   */
  Part after(UUID owner, Place.Read from, int size) {
    return database.inTransaction(owner, handle -> read(handle, owner, from, size));
  }

  private Part begin(UUID owner, int size) {
    return database.inTransaction(
        owner,
        handle -> {
          Edge edge = store.edge(handle);
          Place first = new Place.Listing(0, Place.FIRST, edge.settled());
          return read(handle, owner, new Place.Read(edge.epoch(), first), size);
        });
  }

  private Part read(Handle handle, UUID owner, Place.Read from, int size) {
    List<Change> changes = new ArrayList<>();
    Place place = from.place();
    while (place instanceof Place.Listing listing && changes.size() < size) {
      place = list(handle, owner, listing, size - changes.size(), changes);
    }
    if (!(place instanceof Place.Log log) || changes.size() >= size) {
      requireKnown(store.edge(handle), from.epoch(), since(place));
      return new Part(from.epoch(), changes, place, true);
    }
    int room = size - changes.size();
    Stretch stretch = store.after(handle, owner, log, room + 1);
    requireKnown(stretch.edge(), from.epoch(), log.tx());
    List<Logged> found = stretch.changes();
    boolean more = found.size() > room;
    found.stream().limit(room).map(Logged::change).forEach(changes::add);
    Place next = more ? at(found.get(room - 1)) : new Place.Log(stretch.edge().settled(), "");
    return new Part(from.epoch(), changes, next, more);
  }

  private Place list(
      Handle handle, UUID owner, Place.Listing from, int room, List<Change> changes) {
    if (from.source() >= ChangeStore.sources()) {
      return new Place.Log(from.since(), "");
    }
    List<Listed> found = store.list(handle, owner, from.source(), from.after(), room);
    found.forEach(each -> changes.add(each.change()));
    return found.size() < room
        ? new Place.Listing(from.source() + 1, Place.FIRST, from.since())
        : new Place.Listing(from.source(), found.getLast().key(), from.since());
  }

  private static Place at(Logged last) {
    return new Place.Log(last.tx(), last.change().getName());
  }

  private static long since(Place place) {
    return switch (place) {
      case Place.Listing listing -> listing.since();
      case Place.Log log -> log.tx();
    };
  }

  private static void requireKnown(Edge edge, UUID epoch, long tx) {
    if (!edge.epoch().equals(epoch) || tx <= edge.floor() || tx > edge.next()) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_CHANGES_COMPACTED,
          "changes behind the token are forgotten; start over without a token",
          Map.of());
    }
  }
}
