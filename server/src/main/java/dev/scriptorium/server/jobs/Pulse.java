package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Transactions;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says again and again that this server lives, and knows since when it could do so without a gap.
 * Used by one thread; {@link #steady} by any.
 */
final class Pulse {
  private final Transactions transactions;
  private final IncarnationStore store;
  private final long incarnation;
  private final Duration longestGap;
  private final LongSupplier nanoTime;
  private volatile long lastNanos;
  private volatile long steadySinceNanos;

  /**
   * @param longestGap between two beats that are still steady
   * @param nanoTime a clock that is never set
   */
  Pulse(
      Transactions transactions,
      IncarnationStore store,
      long incarnation,
      Duration longestGap,
      LongSupplier nanoTime) {
    this.transactions = transactions;
    this.store = store;
    this.incarnation = incarnation;
    this.longestGap = longestGap;
    this.nanoTime = nanoTime;
    lastNanos = nanoTime.getAsLong();
    steadySinceNanos = lastNanos;
  }

  /** Says it once; false when another server has taken over. */
  boolean beat() {
    boolean alive = transactions.inTransaction(h -> store.heartbeat(h, incarnation));
    long now = nanoTime.getAsLong();
    if (now - lastNanos > longestGap.toNanos()) {
      steadySinceNanos = now;
    }
    lastNanos = now;
    return alive;
  }

  /** True when there was no gap for so long. */
  boolean steady(Duration time) {
    long now = nanoTime.getAsLong();
    return now - lastNanos <= longestGap.toNanos() && now - steadySinceNanos >= time.toNanos();
  }
}
