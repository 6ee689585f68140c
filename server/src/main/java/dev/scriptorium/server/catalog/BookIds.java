package dev.scriptorium.server.catalog;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes ids that grow with time (UUID version 7), so that newest first is the order of the primary
 * key read backwards. Within one server each id is greater than the one before. Thread-safe.
 */
final class BookIds {
  private static final int COUNTER_BITS = 12;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long last;

  /**
   * @param random unguessable, so that ids cannot be probed
   */
  BookIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id. */
  synchronized UUID next() {
    // Milliseconds and a counter in one number: when the clock stands still or goes back, it
    // counts.
    last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
    long high = ((last >> COUNTER_BITS) << 16) | VERSION_7 | (last & 0xfff);
    return new UUID(high, VARIANT | (random.nextLong() & VARIANT_MASK));
  }
}
