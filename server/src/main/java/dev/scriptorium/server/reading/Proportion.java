package dev.scriptorium.server.reading;

/** The place as far into a text of another length. */
final class Proportion {
  private Proportion() {}

  /**
   * @param offset in a text of the old length
   * @return 0 to the new length
   */
  static long of(long offset, long oldLength, long newLength) {
    if (oldLength <= 0) {
      return 0;
    }
    double progress = Math.clamp((double) offset / oldLength, 0, 1);
    return Math.round(progress * newLength);
  }
}
