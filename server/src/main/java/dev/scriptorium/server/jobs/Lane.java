package dev.scriptorium.server.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writing thread of the ledger with its bounded queue. What cannot be written now is kept and
 * tried again until it can; nothing else is taken from the queue meanwhile.
 */
final class Lane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  static final int CAPACITY = 8192;
  private static final int GROUP = 64;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final GroupWriter writer;
  private final Thread thread;
  private final BlockingQueue<Ledger.Item> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicInteger unwritten = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  Lane(String name, GroupWriter writer) {
    this.writer = writer;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  boolean submit(Ledger.Item item) {
    if (closed.getCount() == 0) {
      return false;
    }
    unwritten.incrementAndGet();
    boolean taken = queue.offer(item);
    if (!taken) {
      unwritten.decrementAndGet();
    }
    return taken;
  }

  private void loop() {
    try {
      while (closed.getCount() > 0) {
        List<Ledger.Item> group = gather();
        int size = group.size();
        long pause = FIRST_PAUSE_MILLIS;
        for (int tries = 0; !group.isEmpty(); tries++) {
          group = writer.write(group, tries);
          if (!group.isEmpty() && closed.await(pause, TimeUnit.MILLISECONDS)) {
            return;
          }
          pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
        written(size);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.debug("ledger thread was told to stop");
    }
  }

  private List<Ledger.Item> gather() throws InterruptedException {
    List<Ledger.Item> group = new ArrayList<>();
    group.add(queue.take());
    queue.drainTo(group, GROUP - 1);
    return group;
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

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
