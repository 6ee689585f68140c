package dev.scriptorium.server.jobs.schedule;

import java.time.Duration;
import java.time.Instant;

/** Moments as microseconds since 1970: as precise as the ledger, and no object for each. */
final class Micros {
  static final long SECOND = 1_000_000;
  static final long MINUTE = 60 * SECOND;
  private static final long MOST_SECONDS = Long.MAX_VALUE / (4 * SECOND);

  private Micros() {}

  /** What lies beyond the range counts as its end. */
  static long of(Instant moment) {
    long seconds = Math.clamp(moment.getEpochSecond(), -MOST_SECONDS, MOST_SECONDS);
    return seconds * SECOND + moment.getNano() / 1000;
  }

  /** The first whole microsecond that is not before. */
  static long notBefore(Instant moment) {
    long floor = of(moment);
    return instant(floor).isBefore(moment) ? floor + 1 : floor;
  }

  static long of(Duration time) {
    return Math.clamp(time.getSeconds(), -MOST_SECONDS, MOST_SECONDS) * SECOND
        + time.getNano() / 1000;
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1000L);
  }
}
