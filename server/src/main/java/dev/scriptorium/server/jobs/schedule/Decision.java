package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows an attempt's end.
 *
 * @param ending how the attempt ended; a crash that was one too many has become QUARANTINED
 * @param retryAt when the next attempt may start; null when there is none
 * @param dependency what the attempt was handed back for; empty when nothing else is to blame
 */
public record Decision(Ending ending, @Nullable Instant retryAt, String dependency) {
  /** With no dependency to blame. */
  public Decision(Ending ending, @Nullable Instant retryAt) {
    this(ending, retryAt, "");
  }

  /** True when no further attempt follows. */
  public boolean last() {
    return retryAt == null;
  }
}
