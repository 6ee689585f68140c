package dev.scriptorium.worker.pool;

import java.time.Duration;

/**
 * The two clocks of a job. When the total time is over the job is asked to stop, and may keep what
 * it has; when it does not, or gives no sign of life, its runner is killed. Not thread-safe; all
 * instants are nanoseconds of one monotonic clock.
 */
final class JobClocks {
  /** What to do now. */
  enum Verdict {
    /** Nothing. */
    WAIT,
    /** Ask the job to stop. */
    ASK_TO_STOP,
    /** Kill: no sign of life. */
    KILL_STALLED,
    /** Kill: it was asked to stop and goes on. */
    KILL_LATE
  }

  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final Duration total;
  private final Duration stall;
  private final Duration stopTime;
  private final Duration grace;
  private final long startedNanos;
  private long signNanos;
  private long stopNanos;
  private boolean asked;
  private boolean discarded;

  /**
   * @param total time for the job
   * @param stall longest time without a sign of life; also the time to stop once asked, at most 5 s
   * @param grace time to stop when nothing of it is wanted
   */
  JobClocks(Duration total, Duration stall, Duration grace, long nowNanos) {
    this.total = total;
    this.stall = stall;
    stopTime = stall.compareTo(LONGEST_STOP) < 0 ? stall : LONGEST_STOP;
    this.grace = grace;
    startedNanos = nowNanos;
    signNanos = nowNanos;
  }

  /** Takes note of a sign of life. */
  void sign(long nowNanos) {
    signNanos = nowNanos;
  }

  /** Takes note that the job was told to stop. */
  void stopped(boolean discard, long nowNanos) {
    if (!asked || (discard && !discarded)) {
      stopNanos = nowNanos;
    }
    asked = true;
    discarded |= discard;
  }

  /** True when the job was told to stop because its time was over. */
  boolean late() {
    return asked && !discarded;
  }

  /** What to do now. */
  Verdict verdict(long nowNanos) {
    if (asked && nowNanos - stopNanos > (discarded ? grace : stopTime).toNanos()) {
      return Verdict.KILL_LATE;
    }
    if (nowNanos - signNanos > stall.toNanos()) {
      return Verdict.KILL_STALLED;
    }
    return !asked && nowNanos - startedNanos > total.toNanos() ? Verdict.ASK_TO_STOP : Verdict.WAIT;
  }
}
