package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where starts and ends of attempts are written, in groups: while one commit is under way the next
 * group gathers. All that concerns a book, or a job without one, is written by one thread, in the
 * order it came, so that two groups never wait for each other's rows. Thread-safe.
 */
final class Ledger implements AutoCloseable {
  private static final int LANES = 2;

  private final List<Lane> lanes = new ArrayList<>();

  /** What is to be written. */
  sealed interface Item {}

  /** An attempt was started. */
  record Start(Dispatch dispatch) implements Item {}

  /**
   * An attempt has ended.
   *
   * @param answer told what became of the report; at most once
   */
  record End(Report report, Consumer<Verdict> answer) implements Item {}

  Ledger(
      Database database,
      OutcomeWriter writer,
      OutcomeStore store,
      LiveJobs live,
      InstantSource clock,
      long incarnation) {
    for (int i = 0; i < LANES; i++) {
      GroupWriter groups = new GroupWriter(database, writer, store, live, clock, incarnation);
      lanes.add(new Lane("job-ledger-" + i, groups));
    }
  }

  void start() {
    lanes.forEach(Lane::start);
  }

  /**
   * Hands over something to write.
   *
   * @param job that it concerns
   * @return false when too much waits already, or the ledger is closed
   */
  boolean submit(Job job, Item item) {
    int hash = job.hasBook() ? job.book().hashCode() : Long.hashCode(job.id());
    return lanes.get(Math.floorMod(hash, LANES)).submit(item);
  }

  /** Waits until everything handed over so far is written; false when it took too long. */
  boolean flush(Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    boolean flushed = true;
    for (Lane lane : lanes) {
      flushed &= lane.flush(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
    return flushed;
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
