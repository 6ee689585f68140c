package dev.scriptorium.loadtest.chaos.check;

import java.util.List;

/**
 * A line of {@code faults.jsonl}: a fault that was made.
 *
 * @param kind what was done, for example {@code kill-runner}
 * @param target to whom or which link
 * @param millis since the epoch, when it began
 * @param endMillis when what was broken was whole again, as far as that is ours to do
 * @param pids processes that were killed
 * @param incarnations of servers that were killed, and of those that they had taken over from
 */
public record Fault(
    String kind,
    String target,
    long millis,
    long endMillis,
    List<Long> pids,
    List<Long> incarnations) {
  /** Copies the lists. */
  public Fault {
    pids = List.copyOf(pids);
    incarnations = List.copyOf(incarnations);
  }
}
