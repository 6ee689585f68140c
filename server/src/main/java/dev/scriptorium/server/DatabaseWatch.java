package dev.scriptorium.server;

import dev.scriptorium.server.database.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks the database every five seconds whether it answers. */
final class DatabaseWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("database-watch").daemon().factory());

  /**
   * Begins.
   *
   * @param readiness told what was found
   */
  DatabaseWatch(Databases databases, Consumer<Boolean> readiness) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> readiness.accept(answers(databases)),
            EVERY.toMillis(),
            EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static boolean answers(Databases databases) {
    try {
      databases.check();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
