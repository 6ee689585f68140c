package dev.scriptorium.loadtest.chaos.check;

import dev.scriptorium.loadtest.chaos.check.Records.Execution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * I10: parts of a job come in order, and the next attempt goes on from a checkpoint that is not
 * older than an interval.
 */
final class ProgressCheck {
  // Checkpoints are sent once a second, and a second on their way is granted.
  private static final long INTERVAL_MILLIS = 2_000;

  private final Records records;
  private final Map<String, Intent> intents;
  private final List<Violation> violations = new ArrayList<>();

  ProgressCheck(Records records, Map<String, Intent> intents) {
    this.records = records;
    this.intents = intents;
  }

  List<Violation> run() {
    Map<Long, SortedMap<Integer, List<Execution>>> steps = new HashMap<>();
    for (Execution execution : records.executions()) {
      if (execution.event().equals("step")) {
        steps
            .computeIfAbsent(execution.job(), _ -> new TreeMap<>())
            .computeIfAbsent(execution.attempt(), _ -> new ArrayList<>())
            .add(execution);
      }
    }
    steps.forEach(this::job);
    return violations;
  }

  private void job(long job, SortedMap<Integer, List<Execution>> attempts) {
    Intent intent = intents.get(attempts.values().iterator().next().getFirst().intent());
    if (intent == null) {
      return;
    }
    int reached = 0;
    for (Map.Entry<Integer, List<Execution>> attempt : attempts.entrySet()) {
      List<Execution> steps = attempt.getValue();
      for (int i = 1; i < steps.size(); i++) {
        if (steps.get(i).step() != steps.get(i - 1).step() + 1) {
          broken(
              job, attempt.getKey(), "does part %d after part %d", steps.get(i), steps.get(i - 1));
        }
      }
      long repeated = (reached - steps.getFirst().step()) * intent.stepMillis();
      if (repeated > INTERVAL_MILLIS + intent.stepMillis()) {
        violations.add(
            new Violation(
                "I10",
                "attempt %d/%d repeats %d ms of work".formatted(job, attempt.getKey(), repeated)));
      }
      // The part that was under way had not been done.
      reached = Math.max(reached, steps.getLast().step());
    }
  }

  private void broken(long job, int attempt, String what, Execution step, Execution before) {
    violations.add(
        new Violation(
            "I10",
            "attempt %d/%d %s"
                .formatted(job, attempt, what.formatted(step.step(), before.step()))));
  }
}
