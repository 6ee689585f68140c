package dev.scriptorium.server.jobs.schedule;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before a retry: exponential with full jitter, so that retries never gather. */
public final class Backoff {
  private final Duration base;
  private final Duration ceiling;
  private final RandomGenerator random;

  /**
   * @param base upper bound of the first delay
   * @param ceiling upper bound of every delay
   */
  public Backoff(Duration base, Duration ceiling, RandomGenerator random) {
    this.base = base;
    this.ceiling = ceiling;
    this.random = random;
  }

  /** Upper bound of every delay. */
  Duration ceiling() {
    return ceiling;
  }

  /**
   * Delay after the n-th failure in a row.
   *
   * @param failures from 1
   * @return at least zero, at most the ceiling
   */
  public Duration after(int failures) {
    long bound = base.toMillis() << Math.clamp(failures - 1L, 0, 20);
    return Duration.ofMillis(random.nextLong(Math.min(bound, ceiling.toMillis()) + 1));
  }
}
