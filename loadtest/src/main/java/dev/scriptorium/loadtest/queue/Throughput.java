package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Jobs a second, ours and raw SQL's in turns, and what they leave in the database. */
final class Throughput {
  private static final double RAW_RATIO = 1.7;
  private static final double WAL_BYTES = 1024;
  private static final int MOST_WAITING = 20_000;

  private final Rig rig;
  private final QueueFigures.Extent extent;
  private final Report page;
  private final Verdicts verdicts;

  private final Figures bulk = new Figures();
  private final Figures drain = new Figures();
  private final Figures rawBulk = new Figures();
  private final Figures rawDrain = new Figures();
  private final Figures both = new Figures();
  private final Figures enqueueWal = new Figures();
  private final Figures drainWal = new Figures();
  private final Figures serverTime = new Figures();
  private final Figures databaseTime = new Figures();
  private final Figures workerTime = new Figures();

  Throughput(Rig rig, QueueFigures.Extent extent, Report page, Verdicts verdicts) {
    this.rig = rig;
    this.extent = extent;
    this.page = page;
    this.verdicts = verdicts;
  }

  void run() throws IOException, SQLException {
    try (RawQueue raw = new RawQueue(rig.server())) {
      warmUp(raw);
      for (int round = 0; round < extent.repeat(); round++) {
        ours();
        raws(raw);
      }
    }
    for (int round = 0; round < extent.repeat(); round++) {
      together();
    }
    report();
  }

  // As often as it takes the compilers to be done with it.
  private void warmUp(RawQueue raw) throws IOException, SQLException {
    for (int round = 0; round < 2; round++) {
      rig.feeder().bulk(extent.jobs() / 2);
      rig.drain();
    }
    raw.bulk(extent.jobs() / 10);
    raw.drain(extent.jobs() / 10);
  }

  private void ours() throws SQLException {
    Ledgers ledgers = rig.ledgers();
    ledgers.checkpoint();
    long empty = ledgers.log();
    bulk.add(rig.feeder().bulk(extent.jobs()));
    long full = ledgers.log();
    enqueueWal.add((double) (full - empty) / extent.jobs());
    Processors before = Processors.now(rig);
    drain.add(rig.drain());
    Processors used = Processors.now(rig).minus(before);
    serverTime.add((double) used.server() / extent.jobs());
    databaseTime.add((double) used.database() / extent.jobs());
    workerTime.add((double) used.worker() / extent.jobs());
    drainWal.add((double) (ledgers.log() - full) / extent.jobs());
  }

  private void raws(RawQueue raw) throws IOException, SQLException {
    rig.ledgers().checkpoint();
    rawBulk.add(raw.bulk(extent.jobs()));
    rawDrain.add(raw.drain(extent.jobs()));
  }

  private void together() {
    long before = rig.committed();
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> feeding =
        CompletableFuture.runAsync(
            () ->
                rig.feeder().stream(
                    stop, () -> rig.feeder().submitted() - rig.committed() < MOST_WAITING));
    long start = System.nanoTime();
    rig.work(Rig.MANY_SLOTS);
    rig.awaitCommitted(before + extent.jobs());
    both.add(extent.jobs() / ((System.nanoTime() - start) / 1e9));
    stop.set(true);
    feeding.join();
    rig.drain();
  }

  private void report() throws SQLException {
    Table table =
        Table.of("Throughput, jobs/s", "what", "contender", "median", "least", "most", "runs");
    row(table, "enqueue, 1000 a call", "scriptorium", bulk);
    row(table, "enqueue, 1000 a statement", "raw SQL", rawBulk);
    row(table, "drain of " + extent.jobs(), "scriptorium", drain);
    row(table, "drain of " + extent.jobs(), "raw SQL", rawDrain);
    row(table, "enqueue and drain at once", "scriptorium", both);
    page.table(table);
    Table left = Table.of("What it costs", "what", "value");
    left.row("processor time a drained job, us: server", serverTime.median());
    left.row("  database", databaseTime.median());
    left.row("  worker", workerTime.median());
    left.row("WAL bytes a job, enqueue", enqueueWal.median());
    left.row("WAL bytes a job, drain", drainWal.median());
    long dead = rig.ledgers().dead();
    left.row("dead rows of hot tables", dead);
    left.row("outcomes kept", rig.ledgers().outcomes());
    left.row("ends that were fenced", rig.tally().get(Tally.Count.FENCED));
    page.table(left);
    verdicts.atLeast("drain, ratio to raw SQL", RAW_RATIO, drain.median() / rawDrain.median());
    verdicts.atMost("WAL bytes a job", WAL_BYTES, enqueueWal.median() + drainWal.median());
    verdicts.atMost("dead rows of hot tables", 0, (double) dead);
  }

  private static void row(Table table, String what, String who, Figures figures) {
    table.row(
        what,
        who,
        Math.round(figures.median()),
        Math.round(figures.least()),
        Math.round(figures.most()),
        figures.count());
  }
}
