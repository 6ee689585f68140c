package dev.scriptorium.loadtest.proxy;

import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What happens to bytes on their way one way. Faults add up and last until {@link #heal}.
 * Thread-safe.
 */
public final class Direction {
  private static final long NEVER = Long.MAX_VALUE;

  private final RandomGenerator random;

  // All guarded by this.
  private Duration delay = Duration.ZERO;
  private Duration jitter = Duration.ZERO;
  private long bytesPerSecond;
  private boolean held;
  private long bytesUntilCut = NEVER;
  private byte[] cutBefore = {};

  Direction(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Delivers later; order is kept.
   *
   * @param least for every piece
   * @param jitter up to which more is added at random
   */
  public synchronized void delay(Duration least, Duration jitter) {
    this.delay = least;
    this.jitter = jitter;
  }

  /**
   * Delivers no faster.
   *
   * @param bytesPerSecond at least 1
   */
  public synchronized void limit(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(bytesPerSecond + " bytes a second: at least 1");
    }
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Delivers nothing and tells nobody: a network that loses every packet. Connections stay open,
   * and new ones are accepted and hear nothing.
   */
  public synchronized void hold() {
    held = true;
  }

  /**
   * Resets the connection that carries the byte after so many more, counted over all connections,
   * before that byte is delivered. 0 loses the next thing that is said. Happens once.
   */
  public synchronized void cutAfter(long bytes) {
    bytesUntilCut = bytes;
  }

  /**
   * Resets the connection that is about to deliver this, and what came with it, before any of it is
   * delivered. Found where it was read in one piece. Happens once.
   *
   * @param sign at least one byte
   */
  public synchronized void cutBefore(byte[] sign) {
    if (sign.length == 0) {
      throw new IllegalArgumentException("an empty sign: at least 1 byte");
    }
    cutBefore = sign.clone();
  }

  /** True while a cut is ordered that has not happened. */
  public synchronized boolean armed() {
    return bytesUntilCut != NEVER || cutBefore.length > 0;
  }

  /** Ends all faults. */
  public synchronized void heal() {
    delay = Duration.ZERO;
    jitter = Duration.ZERO;
    bytesPerSecond = 0;
    held = false;
    bytesUntilCut = NEVER;
    cutBefore = new byte[0];
    notifyAll();
  }

  /** When bytes read now are to be delivered, in nanoseconds of {@code System.nanoTime}. */
  synchronized long dueNanos(long now) {
    long more = jitter.isZero() ? 0 : random.nextLong(jitter.toNanos());
    return now + delay.toNanos() + more;
  }

  /** How long so many bytes keep the line busy. */
  synchronized long busyNanos(int bytes) {
    return bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond;
  }

  /** Returns when nothing is held back. */
  synchronized void awaitFlow() throws InterruptedException {
    while (held) {
      wait();
    }
  }

  /** Takes a piece off the count; how many bytes of it may still be delivered before a cut. */
  synchronized int untilCut(byte[] piece) {
    if (cutBefore.length > 0 && holds(piece, cutBefore)) {
      cutBefore = new byte[0];
      return 0;
    }
    if (bytesUntilCut == NEVER) {
      return piece.length;
    }
    if (piece.length <= bytesUntilCut) {
      bytesUntilCut -= piece.length;
      return piece.length;
    }
    int left = (int) bytesUntilCut;
    bytesUntilCut = NEVER;
    return left;
  }

  private static boolean holds(byte[] piece, byte[] sign) {
    for (int at = 0; at + sign.length <= piece.length; at++) {
      if (Arrays.equals(piece, at, at + sign.length, sign, 0, sign.length)) {
        return true;
      }
    }
    return false;
  }
}
