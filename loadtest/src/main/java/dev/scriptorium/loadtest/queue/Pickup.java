package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How soon a job starts when the queue is idle. */
final class Pickup {
  private static final int WARM_UP = 200;
  private static final long GAP_NANOS = 20_000_000;
  private static final long SHORT_GAP_NANOS = 3_000_000;
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final double MEDIAN_MILLIS = 0.5;
  private static final double P99_MILLIS = 1.5;

  private final Rig rig;
  private final QueueFigures.Extent extent;
  private final Report page;
  private final Verdicts verdicts;

  Pickup(Rig rig, QueueFigures.Extent extent, Report page, Verdicts verdicts) {
    this.rig = rig;
    this.extent = extent;
    this.page = page;
    this.verdicts = verdicts;
  }

  void run() {
    rig.work(Rig.MANY_SLOTS);
    samples(WARM_UP, SHORT_GAP_NANOS);
    List<Feeder.Call> calls = samples(extent.samples(), GAP_NANOS);
    rig.work(0);
    Figures afterAnswer = new Figures();
    Figures afterCall = new Figures();
    for (int i = 0; i < calls.size(); i++) {
      long started = rig.tally().startedAt(i + 1);
      afterAnswer.add(Math.max(0, started - calls.get(i).answered()) / 1e6);
      afterCall.add((started - calls.get(i).sent()) / 1e6);
    }
    Table table = Table.of("Pickup on an idle queue, ms", "from", "p50", "p99", "most", "samples");
    row(table, "the answer to the call, so after the commit", afterAnswer);
    row(table, "the call", afterCall);
    page.table(table);
    verdicts.atMost("pickup p50, ms", MEDIAN_MILLIS, afterAnswer.median());
    verdicts.atMost("pickup p99, ms", P99_MILLIS, afterAnswer.quantile(0.99));
  }

  private List<Feeder.Call> samples(int count, long gap) {
    rig.tally().forgetSamples();
    List<Feeder.Call> calls = new ArrayList<>();
    long next = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      calls.add(rig.feeder().sample(i));
      next += gap;
      LockSupport.parkNanos(next - System.nanoTime());
    }
    Await.until("the last sample", BOUND, () -> rig.tally().startedAt(count) != 0);
    return calls;
  }

  private static void row(Table table, String from, Figures figures) {
    table.row(from, figures.median(), figures.quantile(0.99), figures.most(), figures.count());
  }
}
