package dev.scriptorium.server.reading;

import dev.scriptorium.server.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes annotations for good, once every device has had the time to hear of it. Thread-safe. */
public final class AnnotationPurge {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int BATCH = 5000;

  private final Database database;
  private final InstantSource clock;
  private final AnnotationStore store = new AnnotationStore();

  /**
   * @param database transactions of the role scriptorium_scheduler
   */
  public AnnotationPurge(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * One pass.
   *
   * @return how many were deleted
   */
  public long run() {
    Instant before = clock.instant().minus(KEPT);
    long purged = 0;
    int batch;
    do {
      batch = database.inTransaction(handle -> store.purge(handle, before, BATCH));
      purged += batch;
    } while (batch == BATCH);
    return purged;
  }
}
