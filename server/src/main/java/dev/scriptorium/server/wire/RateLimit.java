package dev.scriptorium.server.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Buckets that fill steadily, one for each principal or address. Those that were not used for ten
 * minutes are forgotten, which is the same as being full. Thread-safe.
 */
public final class RateLimit {
  private static final int MAX_BUCKETS = 50_000;
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private final double perNano;
  private final double capacity;
  private final LongSupplier nanos;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(FORGOTTEN).build();

  /**
   * @param units that flow into a bucket in the time given; at least 1
   * @param time at most ten minutes
   * @param capacity most units that a bucket holds, as many as it begins with; at least 1
   * @param nanos a steady clock
   */
  public RateLimit(int units, Duration time, int capacity, LongSupplier nanos) {
    if (units < 1 || capacity < 1 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          units + " units in " + time + ", at most " + capacity + ": all have to be above 0");
    }
    this.perNano = (double) units / time.toNanos();
    this.capacity = capacity;
    this.nanos = nanos;
  }

  /**
   * Takes units out of a bucket.
   *
   * @param cost more than the capacity counts as the capacity
   * @return zero when they were there and are taken; else the time until they will be
   */
  public Duration take(String key, int cost) {
    return bucket(key).take(Math.min(cost, capacity));
  }

  /** The time until a bucket holds a unit; zero when it does. Takes nothing. */
  public Duration untilNext(String key) {
    Bucket bucket = buckets.getIfPresent(key);
    return bucket == null ? Duration.ZERO : bucket.missing(1);
  }

  private Bucket bucket(String key) {
    return buckets.get(key, _ -> new Bucket());
  }

  private final class Bucket {
    private double units = capacity;
    private long filledAtNanos = nanos.getAsLong();

    synchronized Duration take(double cost) {
      Duration missing = missing(cost);
      if (missing.isZero()) {
        units -= cost;
      }
      return missing;
    }

    synchronized Duration missing(double cost) {
      long now = nanos.getAsLong();
      units = Math.min(capacity, units + (now - filledAtNanos) * perNano);
      filledAtNanos = now;
      if (units >= cost) {
        return Duration.ZERO;
      }
      long wait = (long) Math.ceil((cost - units) / perNano);
      return Duration.ofNanos(Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1)));
    }
  }
}
