package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.chaos.check.Fault;
import dev.scriptorium.loadtest.chaos.check.Records;
import dev.scriptorium.loadtest.chaos.check.Records.Execution;
import dev.scriptorium.loadtest.chaos.check.Records.JobRow;
import dev.scriptorium.loadtest.chaos.check.Records.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How long it took until work went on after a fault, in milliseconds.
 *
 * <ul>
 *   <li>runner or worker killed: until the last of the jobs that ran there ran again, anywhere;
 *   <li>server killed: until the first of its unfinished jobs ended by another incarnation's doing,
 *       or its own successor's;
 *   <li>Postgres stopped: from its answering again until the first job that was acknowledged after
 *       that.
 * </ul>
 */
final class Recoveries {
  private final Records records;
  private final Map<String, Execution> ends = new HashMap<>();
  private final Map<Long, List<Execution>> starts = new HashMap<>();
  private final Map<String, Double> endedAt = new HashMap<>();

  Recoveries(Records records) {
    this.records = records;
    for (Execution execution : records.executions()) {
      if (execution.event().equals("end")) {
        ends.put(execution.job() + "/" + execution.attempt(), execution);
      } else if (execution.event().equals("start")) {
        starts.computeIfAbsent(execution.job(), _ -> new ArrayList<>()).add(execution);
      }
    }
    records.outcomes().forEach(o -> endedAt.put(o.job() + "/" + o.attempt(), o.millis()));
  }

  /** The time for one fault; empty when it hit nothing or is of no such kind. */
  OptionalLong of(Fault fault) {
    return switch (fault.kind()) {
      case "kill-runner", "kill-worker" -> rerun(fault);
      case "kill-server", "kill-all-servers" -> inherited(fault);
      case "kill-postgres" -> acknowledged(fault);
      default -> OptionalLong.empty();
    };
  }

  private OptionalLong rerun(Fault fault) {
    Set<Long> pids = new HashSet<>(fault.pids());
    List<Long> times = new ArrayList<>();
    for (List<Execution> runs : starts.values()) {
      for (Execution run : runs) {
        String key = run.job() + "/" + run.attempt();
        boolean hit =
            pids.contains(run.pid())
                && run.millis() <= fault.millis()
                && !ends.containsKey(key)
                && endedAt.getOrDefault(key, Double.MAX_VALUE) >= fault.millis();
        if (hit) {
          runs.stream()
              .filter(next -> next.attempt() > run.attempt())
              .mapToLong(next -> next.millis() - fault.millis())
              .min()
              .ifPresent(times::add);
        }
      }
    }
    return times.stream().mapToLong(Long::longValue).max();
  }

  private OptionalLong inherited(Fault fault) {
    Map<Long, JobRow> orphans = new HashMap<>();
    for (JobRow job : records.jobs()) {
      if (fault.incarnations().contains(job.incarnation()) && job.millis() < fault.millis()) {
        orphans.put(job.id(), job);
      }
    }
    return records.outcomes().stream()
        .filter(o -> orphans.containsKey(o.job()) && o.millis() > fault.millis() + 50)
        .mapToLong(o -> (long) o.millis() - fault.millis())
        .min();
  }

  private OptionalLong acknowledged(Fault fault) {
    return records.submissions().stream()
        .filter(s -> s.event().equals("acked") && s.millis() >= fault.endMillis())
        .mapToLong(s -> s.millis() - fault.endMillis())
        .min();
  }

  /** Attempts that were begun beyond the first of each job. */
  long repeatedRuns() {
    return starts.values().stream().mapToLong(runs -> runs.size() - 1L).sum();
  }

  /** Attempts that runners finished and that were not recorded as succeeded: they were fenced. */
  long fenced() {
    Set<String> good = new HashSet<>();
    for (Outcome outcome : records.outcomes()) {
      if (outcome.ending().equals("SUCCEEDED")) {
        good.add(outcome.job() + "/" + outcome.attempt());
      }
    }
    return ends.keySet().stream().filter(key -> !good.contains(key)).count();
  }
}
