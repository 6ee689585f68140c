package dev.scriptorium.server;

import dev.scriptorium.server.changes.ChangeUpkeep;
import dev.scriptorium.server.reading.AnnotationPurge;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old changes and deleted annotations, every hour. */
final class ReadingUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingUpkeep.class);
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration EVERY = Duration.ofHours(1);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("reading-upkeep").daemon().factory());

  /** Begins. */
  ReadingUpkeep(ChangeUpkeep changes, AnnotationPurge annotations) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> run(changes, annotations),
            FIRST.toMillis(),
            EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  // A scheduled task that throws would never run again.
  private static void run(ChangeUpkeep changes, AnnotationPurge annotations) {
    try {
      long purged = annotations.run();
      long forgotten = changes.forgetOld();
      LOG.info("purged {} annotations, forgot {} changes", purged, forgotten);
    } catch (RuntimeException e) {
      LOG.warn("will try again: {}", e.toString());
    }
  }
}
