package dev.scriptorium.server;

import dev.scriptorium.server.blob.BlobSweep;
import dev.scriptorium.server.catalog.Trash;
import dev.scriptorium.server.catalog.UploadSweep;
import dev.scriptorium.server.database.Databases;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done again and again: asking the database how it is, sweeping, purging. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);
  private static final Duration FIRST_SWEEP_AFTER = Duration.ofMinutes(10);
  private static final Duration SWEEP_EVERY = Duration.ofHours(6);
  private static final Duration FIRST_PURGE_AFTER = Duration.ofMinutes(5);
  private static final Duration PURGE_EVERY = Duration.ofHours(1);

  // Two threads: a long sweep must not hold the readiness up.
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("housekeeping-", 0).daemon().factory());
  private final Databases databases;
  private final BlobSweep sweep;
  private final Trash trash;
  private final UploadSweep uploads;
  private final IntSupplier loginSweep;
  private final Consumer<Boolean> readiness;

  /**
   * Begins.
   *
   * @param trash of a role that sees all owners
   * @param uploads forgets what nobody goes on with
   * @param loginSweep forgets tokens of logins that have ended
   * @param readiness told every five seconds whether the database answers
   */
  Housekeeping(
      Databases databases,
      BlobSweep sweep,
      Trash trash,
      UploadSweep uploads,
      IntSupplier loginSweep,
      Consumer<Boolean> readiness) {
    this.databases = databases;
    this.sweep = sweep;
    this.trash = trash;
    this.uploads = uploads;
    this.loginSweep = loginSweep;
    this.readiness = readiness;
    every(CHECK_EVERY, CHECK_EVERY, this::checkDatabase);
    every(FIRST_SWEEP_AFTER, SWEEP_EVERY, this::sweepBlobs);
    every(FIRST_SWEEP_AFTER, SWEEP_EVERY, this::sweepLogins);
    every(FIRST_PURGE_AFTER, PURGE_EVERY, this::purgeBooks);
    every(FIRST_PURGE_AFTER, PURGE_EVERY, this::sweepUploads);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void checkDatabase() {
    try {
      databases.check();
      readiness.accept(true);
    } catch (SQLException e) {
      readiness.accept(false);
    }
  }

  private void purgeBooks() {
    int purged = trash.purgeDue();
    if (purged > 0) {
      LOG.info("purged {} deleted books", purged);
    }
  }

  private void sweepBlobs() {
    try {
      int deleted = sweep.run();
      LOG.info("swept {} unused blobs", deleted);
    } catch (IOException e) {
      LOG.warn("blobs are not swept: {}", e.getMessage());
    }
  }

  private void sweepUploads() {
    try {
      int forgotten = uploads.run();
      if (forgotten > 0) {
        LOG.info("forgot {} uploads", forgotten);
      }
    } catch (IOException e) {
      LOG.warn("uploads are not swept: {}", e.getMessage());
    }
  }

  private void sweepLogins() {
    LOG.debug("forgot {} ended logins", loginSweep.getAsInt());
  }

  private void every(Duration first, Duration period, Runnable work) {
    var _ =
        threads.scheduleWithFixedDelay(
            () -> guarded(work), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  // A scheduled task that throws would never run again.
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("will try again: {}", e.toString());
    }
  }
}
