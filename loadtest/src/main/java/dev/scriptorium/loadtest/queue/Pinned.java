package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.report.Plot;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether an old snapshot, which keeps the database from tidying up, slows the queue down. */
final class Pinned {
  private static final Duration CLEAN = Duration.ofSeconds(10);
  private static final int CYCLE = 50_000;
  private static final double KEPT = 0.95;

  private final Rig rig;
  private final QueueFigures.Extent extent;
  private final Report page;
  private final Verdicts verdicts;

  Pinned(Rig rig, QueueFigures.Extent extent, Report page, Verdicts verdicts) {
    this.rig = rig;
    this.extent = extent;
    this.page = page;
    this.verdicts = verdicts;
  }

  void run() throws IOException, SQLException {
    cycles(Duration.ofSeconds(3));
    List<Double> clean = new ArrayList<>(cycles(CLEAN));
    List<Double> pinned;
    try (Connection holder = Sql.connect(rig.server(), Sql.OURS)) {
      holder.setAutoCommit(false);
      Sql.execute(holder, "set idle_in_transaction_session_timeout = 0");
      holder.commit();
      holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      // A snapshot, and a number of its own.
      Sql.execute(holder, "select count(*) from job where id < 0", "select pg_current_xact_id()");
      pinned = cycles(extent.pinned());
      holder.rollback();
    }
    clean.addAll(cycles(CLEAN));
    List<Double> late = pinned.subList(pinned.size() * 2 / 3, pinned.size());
    page.table(
        Table.of("Enqueue and drain in turns, jobs/s", "when", "median", "cycles")
            .row("clean, before and after", Math.round(median(clean)), clean.size())
            .row("snapshot pinned, all", Math.round(median(pinned)), pinned.size())
            .row("snapshot pinned, last third", Math.round(median(late)), late.size()));
    List<Integer> cycle = new ArrayList<>();
    for (int i = 1; i <= pinned.size(); i++) {
      cycle.add(i);
    }
    page.plot(
        Plot.of("Throughput under a pinned snapshot", "cycle", "jobs/s")
            .line("pinned", cycle, pinned));
    verdicts.atLeast(
        "throughput under a pinned snapshot, ratio", KEPT, median(late) / median(clean));
  }

  // Turns of feeding and draining, so that the rate does not hang on who gets the processor.
  private List<Double> cycles(Duration time) {
    List<Double> rates = new ArrayList<>();
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      long begin = System.nanoTime();
      rig.feeder().bulk(CYCLE);
      rig.drain();
      rates.add(CYCLE / ((System.nanoTime() - begin) / 1e9));
    }
    return rates;
  }

  private static double median(List<Double> values) {
    Figures figures = new Figures();
    values.forEach(figures::add);
    return figures.median();
  }
}
