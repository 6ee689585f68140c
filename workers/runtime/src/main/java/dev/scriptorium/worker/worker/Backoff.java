package dev.scriptorium.worker.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: exponential, with full jitter, so that tries never gather.
 */
record Backoff(Duration base, Duration ceiling, RandomGenerator random) {

  /**
   * The wait after so many failures in a row: between {@code base} and the doubled base, at most
   * the ceiling.
   *
   * @param failures at least 1
   */
  Duration after(int failures) {
    long most = Math.min(ceiling.toMillis(), base.toMillis() << Math.min(failures - 1, 20));
    return Duration.ofMillis(Math.max(base.toMillis(), most == 0 ? 0 : random.nextLong(most + 1)));
  }
}
