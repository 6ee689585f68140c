package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import java.util.List;

/** Tells what came of simulated schedules. Not thread-safe. */
final class SimulationReport {
  private final Report page = Report.titled("Simulation");
  private boolean anyVariant;
  private final Table variants =
      Table.of("Broken on purpose", "variant", "what is broken", "found by", "at seed");

  SimulationReport(long firstSeed) {
    page.condition("processors", Runtime.getRuntime().availableProcessors())
        .condition("first seed", firstSeed);
  }

  /** Adds the system as it is, or a variant that was asked for. */
  void add(Simulation.Summary run, double seconds) {
    page.condition("variant", run.variant().description());
    Table sum =
        Table.of("Run", "what", "value")
            .row("schedules", run.schedules())
            .row("seconds", seconds)
            .row("virtual hours", run.millis() / 3_600_000.0)
            .row("steps", run.steps())
            .row("jobs", run.jobs());
    if (run.broken() == 0) {
      sum.row("schedules that broke a promise", 0);
    } else {
      sum.badRow("schedules that broke a promise", run.broken());
    }
    page.table(sum).table(invariants(run.counts())).table(faults(run.counts()));
    if (!run.first().isEmpty()) {
      page.table(broken(run.first()));
    }
  }

  private static Table invariants(Counts counts) {
    Table table = Table.of("Promises", "id", "promise", "checks", "broken");
    for (Invariant each : Invariant.values()) {
      if (counts.breaks(each) == 0) {
        table.row(each, each.promise(), counts.checks(each), 0);
      } else {
        table.badRow(each, each.promise(), counts.checks(each), counts.breaks(each));
      }
    }
    return table;
  }

  private static Table faults(Counts counts) {
    Table table = Table.of("Faults", "fault", "times");
    for (Fault each : Fault.values()) {
      table.row(each.description(), counts.times(each));
    }
    return table;
  }

  private static Table broken(List<Schedule.Result> some) {
    Table table = Table.of("The first that broke a promise", "seed", "promise", "ms", "how");
    for (Schedule.Result each : some) {
      Schedule.Broken how = each.violation();
      if (how != null) {
        table.badRow(each.seed(), how.invariant(), how.millis(), how.what());
      }
    }
    return table;
  }

  /** Adds a variant that is to be found. */
  void addVariant(Simulation.Summary run) {
    if (!anyVariant) {
      anyVariant = true;
      page.table(variants);
    }
    Schedule.Broken how = run.first().isEmpty() ? null : run.first().getFirst().violation();
    if (how == null) {
      variants.badRow(
          run.variant(), run.variant().description(), "NOT FOUND", "none of " + run.schedules());
    } else {
      variants.row(
          run.variant(),
          run.variant().description(),
          how.invariant(),
          run.first().getFirst().seed());
    }
  }

  Report page() {
    return page;
  }
}
