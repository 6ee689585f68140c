package dev.scriptorium.server.jobs;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of day without its leaps: it goes on as a clock that is never set, and approaches the
 * time of day by at most a twentieth of the time that passes. What is measured with it is right to
 * 5 %, however the clock of the machine is set meanwhile. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
  private static final int SLOWNESS = 20;
  private static final long LONGEST_GAP = TimeUnit.DAYS.toSeconds(36_500);

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private Instant now;
  private long nanos;

  /**
   * @param wall may be set while it runs
   * @param nanoTime a clock that is never set
   */
  public SteadyClock(InstantSource wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    now = wall.instant();
    nanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long next = nanoTime.getAsLong();
    long passed = next - nanos;
    long most = passed / SLOWNESS;
    nanos = next;
    now = now.plusNanos(passed);
    now = now.plusNanos(Math.clamp(nanosTo(wall.instant()), -most, most));
    return now;
  }

  // Not as a Duration: this is asked several times a job, and to negate one takes a BigDecimal. A
  // gap of more than a century is taken for a century.
  private long nanosTo(Instant other) {
    long seconds =
        Math.clamp(other.getEpochSecond() - now.getEpochSecond(), -LONGEST_GAP, LONGEST_GAP);
    return TimeUnit.SECONDS.toNanos(seconds) + other.getNano() - now.getNano();
  }
}
