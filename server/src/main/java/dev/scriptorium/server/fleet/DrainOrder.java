package dev.scriptorium.server.fleet;

import dev.scriptorium.v1.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Says which worker had best be removed first: idle ones, then those whose oldest work is youngest,
 * so that the least work is done again.
 */
final class DrainOrder {
  private DrainOrder() {}

  /** The workers by name, numbered from 1 in the order of removal. */
  static List<Worker> number(List<Worker> workers) {
    List<Worker> order = new ArrayList<>(workers);
    order.sort(
        Comparator.comparingLong(DrainOrder::busySince).reversed().thenComparing(Worker::getName));
    List<Worker> numbered = new ArrayList<>();
    for (Worker worker : order) {
      numbered.add(worker.toBuilder().setDrainOrder(numbered.size() + 1).build());
    }
    numbered.sort(Comparator.comparing(Worker::getName));
    return numbered;
  }

  private static long busySince(Worker worker) {
    return worker.getRunningList().stream()
        .mapToLong(attempt -> attempt.getStartTime().getSeconds())
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
