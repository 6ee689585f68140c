package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.PartialBlobs;
import dev.scriptorium.server.database.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Forgets uploads that nobody goes on with, and deletes bytes that no upload names: those of
 * uploads that another server has forgotten, or whose owner was deleted. Thread-safe.
 */
public final class UploadSweep {
  private static final int AT_ONCE = 500;
  // Longer than an upload takes to get its row.
  private static final Duration UNNAMED_AFTER = Duration.ofHours(1);

  private final Database database;
  private final PartialBlobs partials;
  private final InstantSource clock;
  private final PartialUploadStore store = new PartialUploadStore();

  /**
   * @param database transactions of the role scriptorium_scheduler
   */
  public UploadSweep(Database database, PartialBlobs partials, InstantSource clock) {
    this.database = database;
    this.partials = partials;
    this.clock = clock;
  }

  /**
   * One pass.
   *
   * @return how many uploads were forgotten
   */
  public int run() throws IOException {
    int forgotten = 0;
    List<UUID> expired;
    do {
      expired =
          database.inTransaction(handle -> store.deleteExpired(handle, clock.instant(), AT_ONCE));
      for (UUID id : expired) {
        partials.delete(id);
      }
      forgotten += expired.size();
    } while (expired.size() == AT_ONCE);
    deleteUnnamed();
    return forgotten;
  }

  private void deleteUnnamed() throws IOException {
    Instant limit = clock.instant().minus(UNNAMED_AFTER);
    List<UUID> old = partials.untouchedSince(limit, "", AT_ONCE);
    while (!old.isEmpty()) {
      List<UUID> asked = old;
      Set<UUID> named = database.inTransaction(handle -> store.known(handle, asked));
      for (UUID id : asked) {
        if (!named.contains(id)) {
          partials.delete(id);
        }
      }
      old = partials.untouchedSince(limit, asked.getLast().toString(), AT_ONCE);
    }
  }
}
