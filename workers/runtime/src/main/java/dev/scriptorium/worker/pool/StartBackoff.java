package dev.scriptorium.worker.pool;

import java.time.Duration;

/** When the next runner may be started, after some have not become ready. Not thread-safe. */
final class StartBackoff {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private int failures;
  private long notBeforeNanos;

  StartBackoff(long nowNanos) {
    notBeforeNanos = nowNanos;
  }

  /** Failures in a row. */
  int failures() {
    return failures;
  }

  /** True when a runner may be started. */
  boolean allows(long nowNanos) {
    return nowNanos - notBeforeNanos >= 0;
  }

  /** A runner has become ready. */
  void succeeded() {
    failures = 0;
  }

  /** A runner has ended before it was ready. */
  void failed(long nowNanos) {
    failures++;
    long wait = FIRST_WAIT.toNanos() << Math.min(failures - 1, 10);
    notBeforeNanos = nowNanos + Math.min(wait, LONGEST_WAIT.toNanos());
  }
}
