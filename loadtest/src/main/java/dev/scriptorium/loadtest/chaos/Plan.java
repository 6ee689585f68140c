package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.chaos.plugin.Poison;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a run is to do.
 *
 * @param seed decides on jobs and faults
 * @param duration of load and faults
 * @param requestPause mean time between two requests of one client; there are eight
 * @param without guards that are taken away
 * @param only kinds of faults to make, see {@link FaultPlan}; empty for all
 */
record Plan(
    long seed, Duration duration, Duration requestPause, Set<Guard> without, Set<String> only) {
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Copies the sets. */
  Plan {
    without = Set.copyOf(without);
    only = Set.copyOf(only);
  }

  /**
   * Poison that may still come up.
   *
   * @param done part of the duration that is over, 0 to 1
   */
  List<Poison> poison(double done) {
    if (done > 0.75) {
      return List.of();
    }
    // What ends only when its time is over has three runs of 15 s: not in the last minutes, and
    // not where there are hardly more.
    return duration.compareTo(LONG) < 0 && done > 0.3
        ? List.of(Poison.HEAP, Poison.DIRECT, Poison.NATIVE, Poison.EXIT, Poison.NUL, Poison.RESULT)
        : List.of(Poison.values());
  }
}
