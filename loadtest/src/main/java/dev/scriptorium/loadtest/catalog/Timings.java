package dev.scriptorium.loadtest.catalog;

import dev.scriptorium.loadtest.load.Times;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;

/**
 * Where times of calls and what is said of them are gathered.
 *
 * @param table with the columns of {@link #newTable}
 */
record Timings(Table table, Verdicts verdicts) {
  static Table newTable() {
    return Table.of(
        "Times in milliseconds", "call", "a second", "p50", "p95", "p99", "errors", "first error");
  }

  /**
   * Adds a line; no call may have failed.
   *
   * @param rate calls a second; 0 for one after the other
   */
  void row(String call, int rate, Times times) {
    Object perSecond = rate == 0 ? "one by one" : rate;
    table.row(
        call,
        perSecond,
        times.millis(0.5),
        times.millis(0.95),
        times.millis(0.99),
        times.failed(),
        times.firstError());
    verdicts.atMost("errors of " + call, 0, times.failed());
  }
}
