package dev.scriptorium.server.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that does not answer from a statement that is wrong. */
public final class Outage {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /**
   * disk_full, too_many_connections, deadlock, serialization failure, lock not available, query
   * cancelled by its timeout, admin shutdown, crash shutdown, cannot connect now.
   */
  private static final Set<String> STATES =
      Set.of("53100", "53300", "40P01", "40001", "55P03", "57014", "57P01", "57P02", "57P03");

  private Outage() {}

  /**
   * When the failure is an outage, after how long a retry may help; else empty.
   *
   * @param failure with its causes
   */
  public static Optional<Duration> retryAfter(Throwable failure) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
      if (isOutage(cause)) {
        return Optional.of(RETRY_AFTER);
      }
      depth++;
    }
    return Optional.empty();
  }

  private static boolean isOutage(Throwable cause) {
    if (cause instanceof SQLTransientConnectionException) {
      return true;
    }
    return cause instanceof SQLException sql && isOutage(sql.getSQLState());
  }

  private static boolean isOutage(@Nullable String state) {
    return state != null && (state.startsWith("08") || STATES.contains(state));
  }
}
