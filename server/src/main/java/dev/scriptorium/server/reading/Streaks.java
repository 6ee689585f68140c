package dev.scriptorium.server.reading;

import java.util.Set;

/**
 * Days in a row on which something was read. Pure.
 *
 * @param current up to the last day, or to the one before: today is not over yet
 * @param longest of all
 */
record Streaks(int current, int longest) {

  /**
   * Counts them.
   *
   * @param read indexes of days with reading
   * @param last index of the last day, today
   */
  static Streaks of(Set<Integer> read, int last) {
    int longest = 0;
    int run = 0;
    int beforeLast = 0;
    for (int day = 0; day <= last; day++) {
      beforeLast = run;
      run = read.contains(day) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return new Streaks(run > 0 ? run : beforeLast, longest);
  }
}
