package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import java.sql.SQLException;

/** Whether the time to hand out a job depends on how many wait and how many have ended. */
final class Backlog {
  private static final int SHORT = 10_000;
  private static final double RATIO = 1.5;
  private static final int TURNS = 3000;

  private final Rig rig;
  private final QueueFigures.Extent extent;
  private final Report page;
  private final Verdicts verdicts;

  Backlog(Rig rig, QueueFigures.Extent extent, Report page, Verdicts verdicts) {
    this.rig = rig;
    this.extent = extent;
    this.page = page;
    this.verdicts = verdicts;
  }

  void run() throws SQLException {
    Table table =
        Table.of(
            "From the commit of a job's end to the offer of the next, one slot, ms",
            "waiting",
            "finished",
            "p50",
            "p99",
            "turns");
    turns(SHORT);
    double few = row(table, SHORT);
    new History(rig).write(extent.finished());
    double many = row(table, extent.waiting());
    page.table(table);
    verdicts.atMost("dispatch p99 with a long backlog, ratio", RATIO, many / few);
  }

  private double row(Table table, int waiting) throws SQLException {
    Figures turns = turns(waiting);
    table.row(
        waiting, rig.ledgers().outcomes(), turns.median(), turns.quantile(0.99), turns.count());
    return turns.quantile(0.99);
  }

  private Figures turns(int waiting) {
    rig.feeder().bulk(waiting);
    long before = rig.committed();
    rig.tally().forgetSamples();
    rig.work(1);
    rig.awaitCommitted(before + TURNS);
    rig.work(0);
    Figures turns = new Figures();
    for (int turn = 2; turn <= TURNS; turn++) {
      turns.add(rig.tally().startedAt(turn) / 1e6);
    }
    rig.drain();
    return turns;
  }
}
