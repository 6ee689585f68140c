package dev.scriptorium.loadtest.simulate;

import java.util.EnumMap;
import java.util.Map;

/** How often something was checked, was broken, and went wrong. Not thread-safe. */
public final class Counts {
  private final Map<Invariant, Long> checks = new EnumMap<>(Invariant.class);
  private final Map<Invariant, Long> broken = new EnumMap<>(Invariant.class);
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);

  void checked(Invariant invariant) {
    checks.merge(invariant, 1L, Long::sum);
  }

  void broken(Invariant invariant) {
    broken.merge(invariant, 1L, Long::sum);
  }

  void happened(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  /** How often an invariant was looked at. */
  public long checks(Invariant invariant) {
    return checks.getOrDefault(invariant, 0L);
  }

  /** In how many schedules it was the first to be broken. */
  public long breaks(Invariant invariant) {
    return broken.getOrDefault(invariant, 0L);
  }

  /** How often a fault happened. */
  public long times(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** Both together. */
  static Counts sum(Counts one, Counts two) {
    Counts sum = new Counts();
    for (Counts each : new Counts[] {one, two}) {
      each.checks.forEach((key, count) -> sum.checks.merge(key, count, Long::sum));
      each.broken.forEach((key, count) -> sum.broken.merge(key, count, Long::sum));
      each.faults.forEach((key, count) -> sum.faults.merge(key, count, Long::sum));
    }
    return sum;
  }
}
