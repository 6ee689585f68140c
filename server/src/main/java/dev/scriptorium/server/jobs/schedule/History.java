package dev.scriptorium.server.jobs.schedule;

import java.util.HashSet;
import java.util.Set;

/**
 * What the ended attempts of a job have come to.
 *
 * @param attempts how many have ended
 * @param failures how many failed
 * @param crashes how many ended their runner, or used up their time
 * @param strays how many were lost or handed back
 * @param crashedOn names of the workers whose runner crashed
 */
public record History(int attempts, int failures, int crashes, int strays, Set<String> crashedOn) {
  /** No attempt has ended. */
  public static final History NONE = new History(0, 0, 0, 0, Set.of());

  /** Copies the set. */
  public History {
    crashedOn = Set.copyOf(crashedOn);
  }

  /** This history and one more attempt. */
  public History with(Ending ending, String worker) {
    int next = attempts + 1;
    return switch (ending) {
      case FAILED -> new History(next, failures + 1, crashes, strays, crashedOn);
      case CRASHED, TIMED_OUT, QUARANTINED ->
          new History(next, failures, crashes + 1, strays, including(worker));
      case LOST, RELEASED -> new History(next, failures, crashes, strays + 1, crashedOn);
      case SUCCEEDED, CANCELLED -> new History(next, failures, crashes, strays, crashedOn);
    };
  }

  /** This history and one more attempt; one handed back for a dependency counts as nothing else. */
  History with(Decision decision, String worker) {
    return decision.dependency().isEmpty()
        ? with(decision.ending(), worker)
        : new History(attempts + 1, failures, crashes, strays, crashedOn);
  }

  private Set<String> including(String worker) {
    Set<String> all = new HashSet<>(crashedOn);
    all.add(worker);
    return all;
  }
}
