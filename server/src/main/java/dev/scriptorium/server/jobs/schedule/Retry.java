package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;

/**
 * Decides whether another attempt follows. Not thread-safe: the backoff's randomness may not be.
 */
public final class Retry {
  private static final int STRAYS_AT_ONCE = 3;

  private final Limits limits;
  private final Backoff backoff;

  /**
   * How often.
   *
   * @param failures attempts that may fail; the last one is final
   * @param crashes attempts that may crash or use up their time; the last one is final
   * @param strays attempts that may be lost or handed back; the last one is final
   */
  public record Limits(int failures, int crashes, int strays) {}

  /**
   * @param limits how often
   * @param backoff how soon
   */
  public Retry(Limits limits, Backoff backoff) {
    this.limits = limits;
    this.backoff = backoff;
  }

  /**
   * What follows.
   *
   * @param before the attempts that ended before this one
   * @param ending how this one ended
   * @param retryable for FAILED and TIMED_OUT: another try may help
   */
  Decision decide(History before, Ending ending, boolean retryable, Instant now) {
    return switch (ending) {
      case SUCCEEDED, CANCELLED, QUARANTINED -> new Decision(ending, null);
      case FAILED ->
          retryable && before.failures() + 1 < limits.failures()
              ? later(ending, before.failures() + 1, now)
              : new Decision(ending, null);
      // A job that never ends holds a runner as long as it may: that harms as much as a crash, and
      // whether the worker or only the server was there to stop it is not the job's merit.
      case TIMED_OUT -> retryable ? harm(before, ending, now) : new Decision(ending, null);
      case CRASHED -> harm(before, ending, now);
      case LOST, RELEASED -> stray(before.strays() + 1, ending, now);
    };
  }

  /** When a job may be tried again that was handed back so often in a row for a dependency. */
  Instant handedBack(int times, Instant now) {
    return now.plus(backoff.after(times));
  }

  /** A time for a retry that whoever wrote it may have read from another clock. */
  Instant bounded(Instant retryAt, Instant now) {
    Instant latest = now.plus(backoff.ceiling());
    return retryAt.isBefore(latest) ? retryAt : latest;
  }

  private Decision harm(History before, Ending ending, Instant now) {
    return before.crashes() + 1 < limits.crashes()
        ? later(ending, before.crashes() + 1, now)
        : new Decision(Ending.QUARANTINED, null);
  }

  // No fault of the job's, so nothing it can be condemned for, nor has to wait for; but what goes
  // astray again and again must not do so without a pause, nor a thousand times.
  private Decision stray(int count, Ending ending, Instant now) {
    if (count >= limits.strays()) {
      return new Decision(Ending.FAILED, null);
    }
    return count <= STRAYS_AT_ONCE
        ? new Decision(ending, now)
        : later(ending, count - STRAYS_AT_ONCE, now);
  }

  private Decision later(Ending ending, int count, Instant now) {
    return new Decision(ending, now.plus(backoff.after(count)));
  }
}
