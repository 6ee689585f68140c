package dev.scriptorium.server.catalog;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.PurgeBookRequest;
import dev.scriptorium.v1.UndeleteBookRequest;
import dev.scriptorium.v1.View;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What becomes of deleted books: they are taken back, or removed for good. Thread-safe. */
public final class Trash {
  private static final int PURGED_AT_ONCE = 50;

  private final Database database;
  private final CachedBooks cached;
  private final InstantSource clock;
  private final TrashStore store = new TrashStore();
  private final UploadStore uploads = new UploadStore();
  private final BookStore books = new BookStore();

  /**
   * @param database transactions of the role scriptorium_api; of scriptorium_scheduler for {@link
   *     #purgeDue}
   */
  public Trash(Database database, CachedBooks cached, InstantSource clock) {
    this.database = database;
    this.cached = cached;
    this.clock = clock;
  }

  /** Takes a deletion back. */
  Book undelete(UUID owner, UndeleteBookRequest request) {
    UUID id = BookName.parse("name", request.getName()).id();
    Book book =
        database.inTransaction(
            owner,
            handle -> {
              var held = store.lock(handle, owner, id).orElseThrow(new BookName(id)::missing);
              Etag.require(request.getEtag(), held.revision());
              if (held.deleted()) {
                uploads.lockContent(handle, owner, held.content());
                requireAlone(uploads.findByContent(handle, owner, held.content()));
                store.undelete(handle, owner, id, clock.instant().truncatedTo(ChronoUnit.MICROS));
              }
              return books
                  .findFull(handle, owner, id)
                  .orElseThrow(new BookName(id)::missing)
                  .message(View.VIEW_FULL, List.of())
                  .build();
            });
    cached.changed(List.of(id));
    return book;
  }

  /** Removes a deleted book for good. */
  void purge(UUID owner, PurgeBookRequest request) {
    UUID id = BookName.parse("name", request.getName()).id();
    database.inTransaction(
        owner,
        handle -> {
          var held =
              store
                  .lock(handle, owner, id)
                  .filter(TrashStore.Held::deleted)
                  .orElseThrow(new BookName(id)::missing);
          Etag.require(request.getEtag(), held.revision());
          store.purge(handle, owner, id);
          return true;
        });
    cached.changed(List.of(id));
  }

  /**
   * Removes deleted books of all owners whose time has come, some at a time.
   *
   * @return how many; fewer than the most when none is left
   */
  public int purgeDue() {
    int all = 0;
    List<UUID> purged;
    do {
      purged =
          database.inTransaction(handle -> store.purgeDue(handle, clock.instant(), PURGED_AT_ONCE));
      cached.changed(purged);
      all += purged.size();
    } while (purged.size() == PURGED_AT_ONCE);
    return all;
  }

  private static void requireAlone(Optional<UUID> other) {
    if (other.isPresent()) {
      String name = new BookName(other.get()).toString();
      throw new ApiException(
          ErrorReason.ERROR_REASON_BOOK_EXISTS,
          "the same file was uploaded again meanwhile and is " + name,
          Map.of("book", name));
    }
  }
}
