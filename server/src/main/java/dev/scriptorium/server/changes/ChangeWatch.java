package dev.scriptorium.server.changes;

import dev.scriptorium.server.changes.ChangeStore.Waiting;
import dev.scriptorium.server.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes those who wait for changes: one statement for all of them, twenty times a second at most,
 * whichever server has made the change. Nobody asks when nobody waits. Thread-safe.
 */
public final class ChangeWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
  private static final Duration EVERY = Duration.ofMillis(50);
  private static final int SHARE = 9;

  private final Database database;
  private final ChangeStore store = new ChangeStore();
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("change-watch").unstarted(this::loop);
  private boolean failing;

  /** Somebody who waits; compared by identity. */
  static final class Waiter {
    private final UUID owner;
    private final Place.Log place;
    private final Runnable wake;

    /**
     * @param place what comes after it wakes
     * @param wake must return at once
     */
    Waiter(UUID owner, Place.Log place, Runnable wake) {
      this.owner = owner;
      this.place = place;
      this.wake = wake;
    }
  }

  /**
   * Begins.
   *
   * @param database transactions of the role scriptorium_scheduler
   */
  public ChangeWatch(Database database) {
    this.database = database;
    thread.start();
  }

  /** Wakes it when there is something, until it is removed. */
  void add(Waiter waiter) {
    waiters.add(waiter);
  }

  /** Wakes it no more. */
  void remove(Waiter waiter) {
    waiters.remove(waiter);
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void loop() {
    try {
      long pause = EVERY.toNanos();
      while (!closed.await(pause, TimeUnit.NANOSECONDS)) {
        long start = System.nanoTime();
        look();
        // With very many who wait it may take a tenth of the time, not more.
        pause = Math.max(EVERY.toNanos(), SHARE * (System.nanoTime() - start));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    List<Waiter> now = new ArrayList<>(waiters);
    if (now.isEmpty()) {
      return;
    }
    try {
      List<Waiting> asked =
          ChangeStore.number(
              now.stream().map(each -> new Waiting(0, each.owner, each.place)).toList());
      List<Integer> news = database.inTransaction(handle -> store.news(handle, asked));
      news.forEach(number -> now.get(number).wake.run());
      failing = false;
    } catch (RuntimeException e) {
      // The edge of this thread. Those who wait look for themselves and are told what is wrong.
      if (!failing) {
        LOG.warn("cannot look for changes: {}", e.toString());
      }
      failing = true;
      now.forEach(each -> each.wake.run());
    }
  }
}
