package dev.scriptorium.server.jobs.schedule;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Measures what the scheduler costs a job, all of its life together: taken in, committed, offered,
 * accepted, ended; while many others wait. Run by hand; arguments: how many wait, one a run.
 */
final class SchedulerBenchmark {
  private static final int BATCH = 200;
  private static final int ROUNDS = 10;
  private static final int BATCHES = 1000;
  private static final int OWNERS = 1000;
  private static final JobClass WORK = new JobClass("noop", "application/octet-stream");
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofSeconds(15));

  private final Random random = new Random(1);
  private final Scheduler scheduler;
  private final List<UUID> owners = new ArrayList<>();
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private long jobs;

  private SchedulerBenchmark() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
    scheduler =
        new Scheduler(
            new Retry(new Retry.Limits(3, 3, 1000), backoff),
            PATIENCE,
            () -> random.nextLong() | 1);
    for (int i = 0; i < OWNERS; i++) {
      owners.add(new UUID(random.nextLong(), random.nextLong()));
    }
  }

  /**
   * Prints microseconds of processor time and allocated bytes a job for each number of waiting
   * jobs.
   */
  public static void main(String[] args) {
    for (String waiting : args) {
      new SchedulerBenchmark().measure(Integer.parseInt(waiting));
    }
  }

  private void measure(int waiting) {
    long before = used();
    for (int i = 0; i < waiting; i += BATCH) {
      add();
    }
    scheduler.effects();
    long bytes = waiting == 0 ? 0 : (used() - before) / waiting;
    scheduler.join(1, "worker", List.of(WORK), 1L << 50, List.of(), now);
    for (int round = 0; round < ROUNDS; round++) {
      long allocated = thread().getCurrentThreadAllocatedBytes();
      long start = thread().getCurrentThreadCpuTime();
      for (int i = 0; i < BATCHES; i++) {
        cycle();
      }
      double micros = (thread().getCurrentThreadCpuTime() - start) / 1000.0 / BATCHES / BATCH;
      System.out.printf(
          "%,d waiting, %d bytes each; round %d: %.3f us and %d bytes allocated a job%n",
          waiting,
          bytes,
          round,
          micros,
          (thread().getCurrentThreadAllocatedBytes() - allocated) / BATCHES / BATCH);
    }
  }

  private void add() {
    List<Entry> entries = new ArrayList<>(BATCH);
    List<Long> ids = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      entries.add(
          new Entry(
              ++jobs,
              owners.get((int) (jobs % OWNERS)),
              owners.getFirst(),
              WORK,
              3,
              List.of(),
              1 << 20,
              Duration.ofMinutes(10),
              0,
              Instant.EPOCH,
              null,
              1000,
              History.NONE));
      ids.add(jobs);
    }
    scheduler.register(entries);
    scheduler.commit(ids, now);
  }

  private void cycle() {
    now = now.plusMillis(2);
    add();
    scheduler.heartbeat(1, BATCH, 1L << 50);
    scheduler.match(now);
    for (Effect effect : scheduler.effects()) {
      if (effect instanceof Effect.Offer offer) {
        scheduler.accept(1, offer.attempt(), now);
        AttemptKey key = offer.attempt();
        Decision decision =
            scheduler
                .decide(key.job(), key.attempt(), key.token(), Ending.SUCCEEDED, false, now)
                .orElseThrow();
        scheduler.learn(key.job(), 100 << 20, 0.001);
        scheduler.end(key.job(), key.attempt(), decision, "worker", false, now);
      }
    }
    scheduler.match(now);
    scheduler.effects();
  }

  private static ThreadMXBean thread() {
    return (ThreadMXBean) ManagementFactory.getThreadMXBean();
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
