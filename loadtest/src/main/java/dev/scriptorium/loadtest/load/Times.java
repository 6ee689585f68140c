package dev.scriptorium.loadtest.load;

import java.util.Arrays;

/** How long calls took. Immutable. */
public final class Times {
  private final long[] nanos;
  private final int failed;
  private final double perSecond;
  private final String firstError;

  /**
   * @param nanos of every call that was answered well, in any order
   * @param failed calls that ended with an error, or not at all
   * @param seconds from the first call to the last answer
   * @param firstError empty when there was none
   */
  Times(long[] nanos, int failed, double seconds, String firstError) {
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
    this.failed = failed;
    this.perSecond = nanos.length / seconds;
    this.firstError = firstError;
  }

  /** Calls that were answered well. */
  public int answered() {
    return nanos.length;
  }

  /** Calls that ended with an error, or not at all. */
  public int failed() {
    return failed;
  }

  /** Calls answered well a second. */
  public double perSecond() {
    return perSecond;
  }

  /** The first error; empty when there was none. */
  public String firstError() {
    return firstError;
  }

  /** Milliseconds within which this part of the calls was answered; infinite when none was. */
  public double millis(double part) {
    return nanos.length == 0
        ? Double.POSITIVE_INFINITY
        : nanos[Math.min(nanos.length - 1, (int) (part * nanos.length))] / 1e6;
  }
}
