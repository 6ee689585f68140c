package dev.scriptorium.server.jobs.schedule;

/** Counts the starts of the last minute, by whole seconds: never too few. */
final class StartWindow {
  // Any minute touches 61 of them.
  private static final int SECONDS = 61;

  private static final int[] NONE = {};

  // Most are never used.
  private int[] counts = NONE;
  private long latest = Long.MIN_VALUE;
  private int total;

  /** Counts a start. */
  void add(long now) {
    if (counts.length == 0) {
      counts = new int[SECONDS];
    }
    advance(now);
    counts[index(latest)]++;
    total++;
  }

  /** Takes back one that was counted at that time. */
  void remove(long at) {
    long second = Math.floorDiv(at, Micros.SECOND);
    if (total > 0 && second > latest - SECONDS && counts[index(second)] > 0) {
      counts[index(second)]--;
      total--;
    }
  }

  /** How many there were. */
  int total(long now) {
    advance(now);
    return total;
  }

  /** When the number next falls; {@link Run#NEVER} when it is 0. */
  long nextFall() {
    for (long second = latest - SECONDS + 1; total > 0 && second <= latest; second++) {
      if (counts[index(second)] > 0) {
        return (second + SECONDS) * Micros.SECOND;
      }
    }
    return Run.NEVER;
  }

  // A clock that is set back stands still here until it has caught up.
  private void advance(long now) {
    long second = Math.floorDiv(now, Micros.SECOND);
    if (second <= latest) {
      return;
    }
    if (total > 0) {
      long first = Math.max(latest + 1, second - SECONDS + 1);
      for (long s = first; s <= second; s++) {
        total -= counts[index(s)];
        counts[index(s)] = 0;
      }
    }
    latest = second;
  }

  private static int index(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }
}
