package dev.scriptorium.server.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where starts and ends of attempts are written, in groups: while one commit is under way the next
 * group gathers. All that concerns a book, or a job without one, is written in one lane, in the
 * order it came, so that two groups never wait for each other's rows. Thread-safe.
 */
final class Ledger {
  private static final int LANES = 2;

  private final List<Lane> lanes = new ArrayList<>();

  /** What is to be written. */
  sealed interface Item {}

  /** An attempt was started. */
  record Start(Dispatch dispatch) implements Item {}

  /** An attempt has saved something for the next one. */
  record Save(Saved saved) implements Item {}

  /**
   * An attempt has ended.
   *
   * @param answer told what became of the report; at most once
   */
  record End(Report report, Consumer<Verdict> answer) implements Item {}

  /**
   * @param writer makes the writer of a lane
   */
  Ledger(Supplier<GroupWriter> writer) {
    for (int i = 0; i < LANES; i++) {
      lanes.add(new Lane(writer.get()));
    }
  }

  /** Each is to be written by one thread. */
  List<Lane> lanes() {
    return List.copyOf(lanes);
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
}
