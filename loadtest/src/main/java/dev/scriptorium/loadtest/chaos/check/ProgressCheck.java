package dev.scriptorium.loadtest.chaos.check;

import dev.scriptorium.loadtest.chaos.check.Records.Execution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I10: parts of a job come in order, and the next run goes on from a checkpoint that is not older
 * than an interval.
 *
 * <p>A run is what a runner does from one start on: an attempt whose start is not in the ledger is
 * begun again under its number. What a run did while the way of its checkpoints was broken is not
 * asked for; killed runners break no way.
 */
final class ProgressCheck {
  // Checkpoints are sent once a second, and a second on their way is granted.
  private static final long INTERVAL_MILLIS = 2_000;
  // Until connections are there again after a fault.
  private static final long AFTERMATH_MILLIS = 10_000;

  private final Records records;
  private final Map<String, Intent> intents;
  private final List<Fault> broken;
  private final List<Violation> violations = new ArrayList<>();

  ProgressCheck(Records records, Map<String, Intent> intents) {
    this.records = records;
    this.intents = intents;
    broken = records.faults().stream().filter(f -> !f.kind().equals("kill-runner")).toList();
  }

  List<Violation> run() {
    Map<Long, List<List<Execution>>> runs = new HashMap<>();
    Map<Long, List<Execution>> current = new HashMap<>();
    for (Execution execution : records.executions()) {
      if (execution.event().equals("start")) {
        current.put(execution.pid(), new ArrayList<>());
      } else if (execution.event().equals("step")) {
        List<Execution> steps = current.computeIfAbsent(execution.pid(), _ -> new ArrayList<>());
        if (steps.isEmpty()) {
          runs.computeIfAbsent(execution.job(), _ -> new ArrayList<>()).add(steps);
        }
        steps.add(execution);
      }
    }
    for (List<List<Execution>> each : runs.values()) {
      each.sort(Comparator.comparingLong(steps -> steps.getFirst().millis()));
      job(each);
    }
    return violations;
  }

  private void job(List<List<Execution>> runs) {
    Intent intent = intents.get(runs.getFirst().getFirst().intent());
    if (intent == null) {
      return;
    }
    for (int i = 0; i < runs.size(); i++) {
      List<Execution> steps = runs.get(i);
      order(steps);
      Execution first = steps.getFirst();
      int saved = 0;
      for (List<Execution> before : runs.subList(0, i)) {
        // Whoever was not stopped may go on beside its successor.
        if (before.getFirst().attempt() < first.attempt()) {
          saved = Math.max(saved, saved(before, first.millis()));
        }
      }
      long repeated = (saved - first.step()) * intent.stepMillis();
      if (repeated > 0) {
        broken(first, "repeats %d ms of work beyond an interval".formatted(repeated));
      }
    }
  }

  private void order(List<Execution> steps) {
    for (int i = 1; i < steps.size(); i++) {
      Execution step = steps.get(i);
      if (step.step() != steps.get(i - 1).step() + 1) {
        broken(step, "does part %d after part %d".formatted(step.step(), steps.get(i - 1).step()));
      }
    }
  }

  /** The part that a checkpoint of a run must have reached before a time. */
  private int saved(List<Execution> steps, long before) {
    long from = steps.getFirst().millis();
    long until = Math.min(steps.getLast().millis(), before);
    for (Fault fault : broken) {
      if (fault.millis() <= until && fault.endMillis() + AFTERMATH_MILLIS >= from) {
        until = Math.min(until, fault.millis());
      }
    }
    int reached = 0;
    for (Execution step : steps) {
      // With the beginning of a part the one before it is done and saved.
      if (step.millis() <= until - INTERVAL_MILLIS) {
        reached = step.step();
      }
    }
    return reached;
  }

  private void broken(Execution at, String what) {
    violations.add(
        new Violation("I10", "attempt %d/%d %s".formatted(at.job(), at.attempt(), what)));
  }
}
