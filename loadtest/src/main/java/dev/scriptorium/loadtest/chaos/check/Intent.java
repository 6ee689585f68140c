package dev.scriptorium.loadtest.chaos.check;

import java.util.List;

/**
 * A job that a client wanted, and how it may end.
 *
 * @param name unique in the run
 * @param kind kind of the job
 * @param key key whose jobs run one at a time in the order they came; empty for none
 * @param endings final endings that are right
 * @param cause what has to be named for every crash; empty: it crashes only when it was killed
 * @param steps parts of the work
 * @param stepMillis length of a part
 */
public record Intent(
    String name,
    String kind,
    String key,
    List<String> endings,
    String cause,
    int steps,
    long stepMillis) {
  /** Copies the list. */
  public Intent {
    endings = List.copyOf(endings);
  }

  /** True when nothing is wrong with the job itself. */
  public boolean honest() {
    return cause.isEmpty() && endings.equals(List.of("SUCCEEDED"));
  }
}
