package dev.scriptorium.loadtest.chaos.check;

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
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How long it took until work went on after a fault, in milliseconds.
 *
 * <ul>
 *   <li>runner or worker killed: from when a runner that was left was free until the last of the
 *       jobs that ran there ran again, anywhere;
 *   <li>server killed: until the first of the unfinished jobs that it held ended by another
 *       incarnation's doing, or its own successor's;
 *   <li>Postgres stopped: from its answering again until the first job that was acknowledged after
 *       that.
 * </ul>
 *
 * <p>Measured is a fault that is alone: no other that touches more than a runner lasted or was less
 * than two seconds over when it came, or came before work went on; and for a runner, no poison
 * ended another one of its worker in that time. What several faults do together is not one's to
 * answer for. A job that has ended a runner before does not count: it waits for one of its own to
 * start.
 */
public final class Recoveries {
  /** Most milliseconds that work may stand still, by kind of fault. */
  public static final Map<String, Long> BOUNDS =
      Map.of(
          "kill-runner", 1_000L,
          "kill-worker", 6_000L,
          "kill-server", 15_000L,
          "kill-all-servers", 15_000L,
          "kill-postgres", 15_000L);

  private static final long AFTERMATH_MILLIS = 2_000;
  private static final int WORKERS = 2;
  private static final Set<String> DEADLY = Set.of("CRASHED", "QUARANTINED");

  private final Records records;
  private final Map<String, Execution> ends = new HashMap<>();
  private final Map<Long, List<Execution>> starts = new HashMap<>();
  private final Map<String, Double> endedAt = new HashMap<>();
  private final List<Span> spans = new ArrayList<>();

  /** Looks at a run. */
  public Recoveries(Records records) {
    this.records = records;
    for (Execution execution : records.executions()) {
      if (execution.event().equals("end")) {
        ends.put(execution.job() + "/" + execution.attempt(), execution);
      } else if (execution.event().equals("start")) {
        starts.computeIfAbsent(execution.job(), _ -> new ArrayList<>()).add(execution);
      }
    }
    records.outcomes().forEach(o -> endedAt.put(o.job() + "/" + o.attempt(), o.millis()));
    starts.values().forEach(runs -> runs.forEach(run -> spans.add(span(run))));
  }

  private Span span(Execution run) {
    String key = run.job() + "/" + run.attempt();
    Execution end = ends.get(key);
    double until = end == null ? endedAt.getOrDefault(key, (double) run.millis()) : end.millis();
    return new Span(run.pid(), run.millis(), (long) until);
  }

  /** Time in which a runner worked on one attempt. */
  private record Span(long pid, long start, long end) {}

  /** The times that were measured, by kind of fault, shortest first. */
  public Map<String, List<Long>> times() {
    Map<String, List<Long>> times = new TreeMap<>();
    for (Fault fault : records.faults()) {
      of(fault)
          .ifPresent(time -> times.computeIfAbsent(fault.kind(), _ -> new ArrayList<>()).add(time));
    }
    times.values().forEach(list -> list.sort(null));
    return times;
  }

  /** Every time that was too long, in words. */
  public List<String> late() {
    List<String> late = new ArrayList<>();
    for (Fault fault : records.faults()) {
      long bound = BOUNDS.getOrDefault(fault.kind(), Long.MAX_VALUE);
      of(fault)
          .ifPresent(
              time -> {
                if (time > bound) {
                  late.add(
                      "%s of %s at %d: %d ms, at most %d"
                          .formatted(fault.kind(), fault.target(), fault.millis(), time, bound));
                }
              });
    }
    return late;
  }

  /** The time for one fault; empty when it hit nothing, was not alone or is of no such kind. */
  private OptionalLong of(Fault fault) {
    OptionalLong time =
        switch (fault.kind()) {
          case "kill-runner", "kill-worker" -> rerun(fault, firstFree(fault));
          case "kill-server", "kill-all-servers" -> inherited(fault);
          case "kill-postgres" -> acknowledged(fault);
          default -> OptionalLong.empty();
        };
    return time.isPresent() && alone(fault, time.getAsLong()) ? time : OptionalLong.empty();
  }

  private boolean alone(Fault fault, long time) {
    long begin = fault.kind().equals("kill-postgres") ? fault.endMillis() : fault.millis();
    long until = begin + time;
    if (fault.kind().equals("kill-runner") && poisoned(fault, until)) {
      return false;
    }
    return records.faults().stream()
        .filter(other -> !other.equals(fault) && !other.kind().equals("kill-runner"))
        .noneMatch(
            other ->
                other.millis() <= until && other.endMillis() + AFTERMATH_MILLIS >= fault.millis());
  }

  // Poison that ends a runner is a fault that the plan does not list.
  private boolean poisoned(Fault fault, long until) {
    return records.outcomes().stream()
        .filter(o -> o.worker().equals(fault.target()) && DEADLY.contains(o.ending()))
        .anyMatch(o -> o.millis() + AFTERMATH_MILLIS >= fault.millis() && o.millis() <= until);
  }

  /** When not all runners but the killed were at work, at the killing or after it. */
  private long firstFree(Fault fault) {
    int all = records.quiet().runners();
    int others = all - (fault.kind().equals("kill-worker") ? all / WORKERS : 1);
    List<Span> busy =
        spans.stream()
            .filter(s -> !fault.pids().contains(s.pid()) && s.end() > fault.millis())
            .toList();
    return LongStream.concat(LongStream.of(fault.millis()), busy.stream().mapToLong(Span::end))
        .sorted()
        .filter(at -> busy.stream().filter(s -> s.start() <= at && at < s.end()).count() < others)
        .findFirst()
        .orElse(fault.millis());
  }

  private boolean hasEndedARunner(Execution run) {
    return records.outcomes().stream()
        .filter(o -> o.job() == run.job() && o.attempt() < run.attempt())
        .anyMatch(o -> o.ending().equals("CRASHED"));
  }

  private OptionalLong rerun(Fault fault, long since) {
    Set<Long> pids = new HashSet<>(fault.pids());
    List<Long> times = new ArrayList<>();
    for (List<Execution> runs : starts.values()) {
      for (Execution run : runs) {
        String key = run.job() + "/" + run.attempt();
        boolean hit =
            pids.contains(run.pid())
                && run.millis() <= fault.millis()
                && !ends.containsKey(key)
                && endedAt.getOrDefault(key, Double.MAX_VALUE) >= fault.millis()
                && !hasEndedARunner(run);
        if (hit) {
          runs.stream()
              .filter(next -> next.attempt() > run.attempt())
              .mapToLong(next -> Math.max(0, next.millis() - since))
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
  public long repeatedRuns() {
    return starts.values().stream().mapToLong(runs -> runs.size() - 1L).sum();
  }

  /** Attempts that runners finished and that were not recorded as succeeded: they were fenced. */
  public long fenced() {
    Set<String> good = new HashSet<>();
    for (Outcome outcome : records.outcomes()) {
      if (outcome.ending().equals("SUCCEEDED")) {
        good.add(outcome.job() + "/" + outcome.attempt());
      }
    }
    return ends.keySet().stream().filter(key -> !good.contains(key)).count();
  }
}
