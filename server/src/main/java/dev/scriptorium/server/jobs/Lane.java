package dev.scriptorium.server.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One line of the ledger: a bounded queue, and the group that is being written. What cannot be
 * written now is kept and tried again until it can; nothing else is taken from the queue meanwhile.
 * Anybody may submit; one at a time may write.
 */
final class Lane {
  static final int CAPACITY = 32_768;

  // What gathers while a commit is under way; more would only make the others wait.
  private static final int GROUP = 2000;
  private static final long START_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final GroupWriter writer;
  private final BlockingQueue<Ledger.Item> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicInteger unwritten = new AtomicInteger();
  private List<Ledger.Item> group = new ArrayList<>();
  private int groupSize;
  private int tries;
  private volatile boolean closed;

  Lane(GroupWriter writer) {
    this.writer = writer;
  }

  boolean submit(Ledger.Item item) {
    if (closed) {
      return false;
    }
    unwritten.incrementAndGet();
    boolean taken = queue.offer(item);
    if (!taken) {
      unwritten.decrementAndGet();
    }
    return taken;
  }

  /** True when there is something to write. */
  boolean hasUnwritten() {
    return unwritten.get() > 0;
  }

  /** Waits until there is something to write. */
  void await() throws InterruptedException {
    if (!group.isEmpty()) {
      return;
    }
    Ledger.Item next = queue.take();
    long until = System.nanoTime() + START_PATIENCE_NANOS;
    while (next != null) {
      group.add(next);
      // What is not an end can wait: most jobs are short, and of one that has ended no start is
      // written.
      next =
          !(next instanceof Ledger.End) && group.size() < GROUP
              ? queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS)
              : null;
    }
  }

  /**
   * Writes one group, if there is something to write.
   *
   * @return false when something of it has to be tried again, after a pause
   */
  boolean write() {
    if (groupSize == 0) {
      queue.drainTo(group, GROUP - group.size());
      groupSize = group.size();
      tries = 0;
    }
    if (!group.isEmpty()) {
      group = new ArrayList<>(writer.write(group, tries));
      tries++;
    }
    if (group.isEmpty()) {
      written(groupSize);
      groupSize = 0;
      return true;
    }
    return false;
  }

  private void written(int count) {
    synchronized (unwritten) {
      unwritten.addAndGet(-count);
      unwritten.notifyAll();
    }
  }

  boolean flush(long timeout, TimeUnit unit) throws InterruptedException {
    long until = System.nanoTime() + unit.toNanos(timeout);
    synchronized (unwritten) {
      while (unwritten.get() > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        unwritten.wait(left);
      }
    }
    return true;
  }

  /** Takes no more. */
  void close() {
    closed = true;
  }
}
