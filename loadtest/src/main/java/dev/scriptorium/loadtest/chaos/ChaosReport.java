package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.chaos.check.Fault;
import dev.scriptorium.loadtest.chaos.check.Records;
import dev.scriptorium.loadtest.chaos.check.Recoveries;
import dev.scriptorium.loadtest.chaos.check.Violation;
import dev.scriptorium.loadtest.chaos.plugin.Poison;
import dev.scriptorium.loadtest.report.Plot;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts records and violations into words and figures. */
final class ChaosReport {
  private ChaosReport() {}

  static Report of(String conditions, Records records, List<Violation> violations) {
    Recoveries recoveries = new Recoveries(records);
    long kills = records.faults().stream().filter(f -> f.kind().startsWith("kill-")).count();
    Report report =
        Report.titled("Chaos")
            .condition("run", conditions)
            .condition("processors", Runtime.getRuntime().availableProcessors())
            .table(
                Table.of("Totals", "what", "count")
                    .row("jobs", records.jobs().size())
                    .row("attempts ended", records.outcomes().size())
                    .row("faults", records.faults().size())
                    .row("violations", violations.size())
                    .row("repeated runs per 1,000 kills", perThousand(recoveries, kills))
                    .row("finished runs that were fenced or lost", recoveries.fenced())
                    .row(
                        "ms until all jobs had ended, after the last fault",
                        records.quiet().quietMillis() - records.quiet().faultsEndMillis())
                    .row("idle statements a second", records.quiet().statementsPerSecond()))
            .table(verdicts(records, violations))
            .table(faults(records, recoveries))
            .table(endings(records));
    if (!violations.isEmpty()) {
      report.table(violations(violations));
    }
    return report.plot(timeline(records));
  }

  private static Table verdicts(Records records, List<Violation> violations) {
    Set<String> deadly =
        Arrays.stream(Poison.values())
            .filter(Poison::deadly)
            .map(Poison::kind)
            .collect(Collectors.toSet());
    Set<Long> poison =
        records.jobs().stream()
            .filter(job -> deadly.contains(job.kind()))
            .map(Records.JobRow::id)
            .collect(Collectors.toSet());
    Set<Long> quarantined =
        records.outcomes().stream()
            .filter(outcome -> outcome.ending().equals("QUARANTINED"))
            .map(Records.Outcome::job)
            .collect(Collectors.toSet());
    Table table = Table.of("Verdicts", "what", "wanted", "found", "");
    verdict(table, "lost, or ended wrongly (I1)", 0, count(violations, "I1"));
    verdict(table, "effects doubled or missing (I2)", 0, count(violations, "I2"));
    verdict(
        table,
        "honest jobs quarantined",
        0,
        quarantined.stream().filter(job -> !poison.contains(job)).count());
    verdict(
        table,
        "deadly poison quarantined",
        poison.size(),
        poison.stream().filter(quarantined::contains).count());
    verdict(table, "run too often or blamed wrongly (I6)", 0, count(violations, "I6"));
    return table;
  }

  private static void verdict(Table table, String what, long wanted, long found) {
    if (wanted == found) {
      table.row(what, wanted, found, "met");
    } else {
      table.badRow(what, wanted, found, "MISSED");
    }
  }

  private static long count(List<Violation> violations, String invariant) {
    return violations.stream().filter(v -> v.invariant().equals(invariant)).count();
  }

  private static double perThousand(Recoveries recoveries, long kills) {
    return kills == 0 ? 0 : recoveries.repeatedRuns() * 1000.0 / kills;
  }

  private static Table faults(Records records, Recoveries recoveries) {
    Table table =
        Table.of("Faults", "fault", "count", "alone", "recovery p50 ms", "max ms", "at most", "");
    Map<String, List<Long>> measured = recoveries.times();
    Map<String, List<Fault>> kinds =
        records.faults().stream()
            .collect(Collectors.groupingBy(Fault::kind, TreeMap::new, Collectors.toList()));
    kinds.forEach(
        (kind, all) -> {
          List<Long> times = measured.getOrDefault(kind, List.of());
          Long goal = Recoveries.BOUNDS.get(kind);
          boolean missed = goal != null && !times.isEmpty() && times.getLast() > goal;
          Object[] cells = {
            kind,
            all.size(),
            times.size(),
            times.isEmpty() ? "-" : times.get(times.size() / 2),
            times.isEmpty() ? "-" : times.getLast(),
            goal == null ? "-" : goal,
            goal == null || times.isEmpty() ? "" : missed ? "MISSED" : "met"
          };
          if (missed) {
            table.badRow(cells);
          } else {
            table.row(cells);
          }
        });
    return table;
  }

  private static Table endings(Records records) {
    Map<Long, String> kinds =
        records.jobs().stream().collect(Collectors.toMap(Records.JobRow::id, Records.JobRow::kind));
    Table table = Table.of("Ended attempts", "kind", "ending", "cause", "final", "count");
    Map<List<String>, Long> counts =
        records.outcomes().stream()
            .collect(
                Collectors.groupingBy(
                    o ->
                        List.of(
                            kinds.getOrDefault(o.job(), "?"),
                            o.ending(),
                            o.cause(),
                            Boolean.toString(o.last())),
                    () -> new TreeMap<>(java.util.Comparator.comparing(Object::toString)),
                    Collectors.counting()));
    counts.forEach(
        (key, count) -> table.row(key.get(0), key.get(1), key.get(2), key.get(3), count));
    return table;
  }

  private static Table violations(List<Violation> violations) {
    Table table = Table.of("Violations", "invariant", "what");
    violations.stream().limit(200).forEach(v -> table.badRow(v.invariant(), v.message()));
    return table;
  }

  private static Plot timeline(Records records) {
    List<Records.Execution> ends =
        records.executions().stream().filter(e -> e.event().equals("end")).toList();
    long start = ends.stream().mapToLong(Records.Execution::millis).min().orElse(0);
    TreeMap<Long, Integer> perSecond = new TreeMap<>();
    ends.forEach(e -> perSecond.merge((e.millis() - start) / 5000, 1, Integer::sum));
    Map<String, List<Fault>> kinds =
        records.faults().stream().collect(Collectors.groupingBy(Fault::kind));
    Plot plot =
        Plot.of("Finished runs and faults", "s", "runs in 5 s; faults below")
            .line(
                "runs",
                perSecond.keySet().stream().map(slot -> slot * 5).toList(),
                List.copyOf(perSecond.values()));
    for (String kind : List.of("kill-server", "kill-worker", "kill-postgres", "freeze-server")) {
      List<Long> at =
          kinds.getOrDefault(kind, List.of()).stream()
              .map(f -> (f.millis() - start) / 1000)
              .toList();
      plot.points(kind, at, at.stream().map(_ -> 0).toList());
    }
    return plot;
  }
}
