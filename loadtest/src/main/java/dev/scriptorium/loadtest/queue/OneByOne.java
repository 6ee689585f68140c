package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;

/** Jobs a second when every call submits one. */
final class OneByOne {
  private static final int[] CALLERS = {1, 16};
  private static final long SECOND = 1_000_000_000L;

  private final Rig rig;
  private final QueueFigures.Extent extent;
  private final Report page;

  OneByOne(Rig rig, QueueFigures.Extent extent, Report page) {
    this.rig = rig;
    this.extent = extent;
    this.page = page;
  }

  void run() {
    Table table = Table.of("One job a call, jobs/s", "callers", "median", "least", "most", "runs");
    for (int callers : CALLERS) {
      // The first tells the compilers what matters.
      second(callers);
      Figures rates = new Figures();
      for (int round = 0; round < extent.repeat(); round++) {
        rates.add(second(callers));
      }
      table.row(
          callers,
          Math.round(rates.median()),
          Math.round(rates.least()),
          Math.round(rates.most()),
          rates.count());
    }
    page.table(table);
  }

  private double second(int callers) {
    long start = System.nanoTime();
    int submitted = rig.feeder().single(callers, Integer.MAX_VALUE, SECOND);
    double seconds = (System.nanoTime() - start) / 1e9;
    rig.drain();
    return submitted / seconds;
  }
}
