package dev.scriptorium.loadtest.chaos.check;

import dev.scriptorium.loadtest.chaos.check.Records.Execution;
import dev.scriptorium.loadtest.chaos.check.Records.JobRow;
import dev.scriptorium.loadtest.chaos.check.Records.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I5 and I6: poison is stopped and blamed for what it did; nobody else is. */
final class HarmCheck {
  private static final int MOST_CRASHES = 3;
  private static final Set<String> CRASHES = Set.of("CRASHED", "TIMED_OUT", "QUARANTINED");

  private final Records records;
  private final Map<String, Intent> intents;
  private final Map<Long, List<Outcome>> outcomes;
  private final Map<String, Long> pids = new HashMap<>();
  private final Map<Long, Set<Integer>> runs = new HashMap<>();
  private final Set<Long> killed = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  HarmCheck(Records records, Map<String, Intent> intents, Map<Long, List<Outcome>> outcomes) {
    this.records = records;
    this.intents = intents;
    this.outcomes = outcomes;
    for (Execution execution : records.executions()) {
      if (execution.event().equals("start")) {
        pids.put(execution.job() + "/" + execution.attempt(), execution.pid());
        runs.computeIfAbsent(execution.job(), _ -> new HashSet<>()).add(execution.attempt());
      }
    }
    records.faults().forEach(fault -> killed.addAll(fault.pids()));
  }

  List<Violation> run() {
    for (JobRow job : records.jobs()) {
      Intent intent = intents.get(job.intent());
      if (intent != null) {
        List<Outcome> all = outcomes.getOrDefault(job.id(), List.of());
        if (intent.cause().isEmpty()) {
          harmless(job, all);
        } else {
          harmful(job, intent, all);
        }
      }
    }
    return violations;
  }

  // A runner that we killed ourselves is no proof against the job.
  private boolean ourDoing(Outcome outcome) {
    Long pid = pids.get(outcome.job() + "/" + outcome.attempt());
    return pid == null || killed.contains(pid);
  }

  private void harmless(JobRow job, List<Outcome> all) {
    for (Outcome outcome : all) {
      if (outcome.cause().startsWith("OOM_CGROUP")) {
        broken("I5", job, outcome, "was killed by the kernel for want of memory");
      }
      if (outcome.ending().equals("QUARANTINED")) {
        broken("I6", job, outcome, "is honest and was quarantined");
      } else if (CRASHES.contains(outcome.ending()) && !ourDoing(outcome)) {
        broken("I6", job, outcome, "is honest and got a crash count");
      }
    }
  }

  private void harmful(JobRow job, Intent intent, List<Outcome> all) {
    List<Outcome> crashes =
        all.stream().filter(o -> CRASHES.contains(o.ending()) && !stray(o)).toList();
    if (crashes.size() > MOST_CRASHES) {
      broken("I6", job, all.getLast(), "has crashed " + crashes.size() + " times");
    }
    // What was lost with its worker or its server is no run that is counted; so is the first run of
    // an attempt that was begun again because its server had not written the start.
    int lost = (int) all.stream().filter(HarmCheck::stray).count();
    int counted = runs.getOrDefault(job.id(), Set.of()).size() - lost;
    if (counted > MOST_CRASHES) {
      broken("I6", job, all.getLast(), "has run " + counted + " times");
    }
    for (Outcome crash : crashes) {
      if (!crash.cause().equals(intent.cause()) && !ourDoing(crash)) {
        broken("I6", job, crash, "should have been blamed for " + intent.cause());
      }
    }
  }

  private static boolean stray(Outcome outcome) {
    return outcome.ending().equals("LOST") || outcome.ending().equals("RELEASED");
  }

  private void broken(String invariant, JobRow job, Outcome outcome, String what) {
    violations.add(
        new Violation(
            invariant,
            "job %d, %s, attempt %d (%s %s) %s"
                .formatted(
                    job.id(),
                    job.kind(),
                    outcome.attempt(),
                    outcome.ending(),
                    outcome.cause(),
                    what)));
  }
}
