package dev.scriptorium.loadtest.chaos.plugin;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Does what its job's payload and kind order. */
public final class ChaosHandler implements JobHandler {
  /** Kind of honest work. */
  public static final String WORK = "chaos-work";

  private static final long BREATH_MILLIS = 20;

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = new HashSet<>();
    all.add(new Capability(WORK, "*"));
    for (Poison poison : Poison.values()) {
      all.add(new Capability(poison.kind(), "*"));
    }
    return all;
  }

  @Override
  public void warm() {
    // What formats and reads text for the first time in a JVM takes long.
    var _ = Orders.of(new Orders("", "", 1, 0, 0, false).payload());
  }

  @Override
  public void handle(JobContext job, BookSink sink)
      throws JobFailure, IOException, InterruptedException {
    Orders orders = Orders.of(job.payload());
    Trace trace = Trace.of(orders, job);
    trace.note("start", 0);
    if (job.kind().equals(WORK)) {
      work(orders, job, trace);
    } else {
      for (Poison poison : Poison.values()) {
        if (poison.kind().equals(job.kind())) {
          poison.harm(job, sink);
        }
      }
    }
    // The result names the execution it came from: two executions never make the same bytes.
    sink.warning(
        new Warning(
            "CHAOS",
            orders.intent(),
            "%d/%d by %d".formatted(job.jobId(), job.attempt(), ProcessHandle.current().pid())));
    trace.note("end", orders.steps());
  }

  private static void work(Orders orders, JobContext job, Trace trace)
      throws IOException, InterruptedException {
    byte[] memory = new byte[orders.memoryBytes()];
    int first =
        orders.forgetful()
            ? 0
            : job.checkpoint().map(state -> ByteBuffer.wrap(state).getInt()).orElse(0);
    for (int step = first; step < orders.steps(); step++) {
      trace.note("step", step);
      if (memory.length > 0) {
        memory[step % memory.length] = 1;
      }
      pass(orders.stepMillis(), job, (double) step / orders.steps());
      job.saveCheckpoint(ByteBuffer.allocate(Integer.BYTES).putInt(step + 1).array());
    }
  }

  private static void pass(long millis, JobContext job, double done) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    Object nobody = new Object();
    while (System.nanoTime() < end) {
      job.progress(done, "working");
      long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
      synchronized (nobody) {
        nobody.wait(Math.min(left, BREATH_MILLIS));
      }
    }
  }
}
