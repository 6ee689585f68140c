package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows an attempt's end.
 *
 * @param ending how the attempt ended; a crash that was one too many has become QUARANTINED
 * @param retryAt when the next attempt may start; null when there is none
 */
public record Decision(Ending ending, @Nullable Instant retryAt) {
  /** True when no further attempt follows. */
  public boolean last() {
    return retryAt == null;
  }
}
