package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dependency that has failed lately.
 *
 * @param dependency its name
 * @param failures in a row
 * @param probeAt when the next probe may start; null unless OPEN
 * @param kinds kinds of jobs that have named it, which wait while it is not CLOSED
 */
public record BreakerStatus(
    String dependency, State state, int failures, @Nullable Instant probeAt, List<String> kinds) {
  /** Copies the list. */
  public BreakerStatus {
    kinds = List.copyOf(kinds);
  }

  /** Whether jobs run. */
  public enum State {
    /** They do. */
    CLOSED,
    /** They wait. */
    OPEN,
    /** One job is trying. */
    PROBING
  }
}
