package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.report.Table;

/** What was wanted and what came of it. Not thread-safe. */
final class Verdicts {
  private final Table table = Table.of("Verdicts", "goal", "wanted", "measured", "");
  private boolean met = true;

  void atLeast(String goal, double wanted, double measured) {
    add(goal, "at least " + wanted, measured, measured >= wanted);
  }

  void atMost(String goal, double wanted, double measured) {
    add(goal, "at most " + wanted, measured, measured <= wanted);
  }

  private void add(String goal, String wanted, double measured, boolean good) {
    if (good) {
      table.row(goal, wanted, measured, "met");
    } else {
      table.badRow(goal, wanted, measured, "MISSED");
      met = false;
    }
  }

  Table table() {
    return table;
  }

  boolean met() {
    return met;
  }
}
