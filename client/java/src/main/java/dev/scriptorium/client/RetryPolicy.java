package dev.scriptorium.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often, and after what pause, a call is repeated.
 *
 * @param attempts tries of one call, the first included; at least 1
 * @param base upper bound of the pause after the first try; doubles with each further one
 * @param ceiling upper bound of every pause that the server did not ask for
 * @param patience how long, in pauses added up, a broken watch is taken up again before it fails
 */
public record RetryPolicy(int attempts, Duration base, Duration ceiling, Duration patience) {
  /** Four tries within about two seconds; a watch outlives a server's restart of two minutes. */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofMinutes(2));

  /** Longest pause that a server can ask for. */
  private static final Duration LONGEST_ASKED = Duration.ofSeconds(30);

  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts " + attempts + " is below 1");
    }
  }

  /**
   * Pause before the next try: what the server asked for, else half to all of the bound that
   * doubles with each failure, so that clients never come back in step.
   *
   * @param failures tries that failed so far, at least 1
   */
  Duration pause(int failures, ScriptoriumException error, RandomGenerator random) {
    Duration asked = error.retryAfter().orElse(Duration.ZERO);
    if (asked.isPositive()) {
      return asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    }
    long bound = Math.min(ceiling.toMillis(), base.toMillis() << Math.min(failures - 1, 20));
    return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
  }
}
