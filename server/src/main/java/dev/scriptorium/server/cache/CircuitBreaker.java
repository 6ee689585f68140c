package dev.scriptorium.server.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Stops asking a thing that does not answer, and tries it again now and then, each time after twice
 * as long. Thread-safe.
 */
final class CircuitBreaker {
  private final int threshold;
  private final Duration firstPause;
  private final Duration longestPause;
  private final InstantSource clock;
  private int failures;
  private Duration pause;
  private Instant nextTryAt = Instant.MIN;

  /**
   * @param threshold failures in a row that open it; at least 1
   * @param firstPause how long nothing is asked then
   * @param longestPause the doubling ends here
   */
  CircuitBreaker(int threshold, Duration firstPause, Duration longestPause, InstantSource clock) {
    this.threshold = threshold;
    this.firstPause = firstPause;
    this.longestPause = longestPause;
    this.clock = clock;
    this.pause = firstPause;
  }

  /** True when the thing may be asked now. While open, one caller a pause is let through. */
  synchronized boolean allows() {
    if (failures < threshold) {
      return true;
    }
    Instant now = clock.instant();
    if (now.isBefore(nextTryAt)) {
      return false;
    }
    nextTryAt = now.plus(pause);
    return true;
  }

  /** It has answered. */
  synchronized void succeeded() {
    failures = 0;
    pause = firstPause;
  }

  /** It has not answered. */
  synchronized void failed() {
    failures++;
    if (failures == threshold) {
      nextTryAt = clock.instant().plus(pause);
    } else if (failures > threshold) {
      pause =
          pause.multipliedBy(2).compareTo(longestPause) > 0 ? longestPause : pause.multipliedBy(2);
      nextTryAt = clock.instant().plus(pause);
    }
  }

  /** True when the thing is not asked. */
  synchronized boolean open() {
    return failures >= threshold;
  }
}
