package dev.scriptorium.server.changes;

import dev.scriptorium.server.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the feed's log from growing for ever. Thread-safe. */
public final class ChangeUpkeep {
  /** How long a change is kept. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(ChangeUpkeep.class);
  private static final int BATCH = 10_000;

  private final Database database;
  private final InstantSource clock;
  private final ChangeStore store = new ChangeStore();

  /**
   * @param database transactions of the role scriptorium_scheduler
   */
  public ChangeUpkeep(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Sees to it that the order is that of this cluster; to be called before the feed is served. */
  public void begin() {
    boolean renewed = database.inTransaction(store::renewEpoch);
    if (renewed) {
      int forgotten = database.inTransaction(store::forgetFuture);
      LOG.info("the feed of changes counts in this cluster; {} changes forgotten", forgotten);
    }
  }

  /**
   * Forgets what is older than {@link #KEPT}.
   *
   * @return how many changes
   */
  public long forgetOld() {
    Instant before = clock.instant().minus(KEPT);
    long forgotten = 0;
    int batch;
    do {
      batch = database.inTransaction(handle -> store.forget(handle, before, BATCH));
      forgotten += batch;
    } while (batch == BATCH);
    return forgotten;
  }
}
