package dev.scriptorium.server.jobs.schedule;

import java.util.Comparator;
import java.util.TreeSet;

/** Jobs with the same limit, and how much of it is used. */
final class Key {
  // Who is owed the key comes first: it is between two attempts.
  private static final Comparator<Task> IN_ORDER =
      Comparator.<Task, Boolean>comparing(task -> !task.owedKey)
          .thenComparingLong(task -> task.arrival);
  private static final Comparator<Task> BY_RANK =
      Comparator.<Task, Boolean>comparing(task -> !task.owedKey)
          .thenComparingInt(task -> task.tier)
          .thenComparingLong(Task::rank)
          .thenComparingLong(task -> task.arrival);

  final String name;
  KeyLimit limit;

  /** Jobs in memory that name it. */
  int members;

  /** How many of them hold it. */
  int holders;

  /**
   * How many have begun and are between two attempts, where order counts. They do not hold the key,
   * for after a take-over there may be several, beside one that runs; but none passes them.
   */
  int owed;

  /** How many were let through and wait for a worker. */
  int waiting;

  /** Starts of the last minute. */
  final StartWindow starts = new StartWindow();

  /** Kept back. */
  TreeSet<Task> parked;

  /** It waits for the minute to pass. */
  boolean waitsForTime;

  /** It may be forgotten soon. */
  boolean isUnused;

  Key(KeyLimit limit) {
    this.name = limit.key();
    this.limit = limit;
    this.parked = new TreeSet<>(order());
  }

  private Comparator<Task> order() {
    return isOrdered() ? IN_ORDER : BY_RANK;
  }

  /** Its jobs run one after another in the order in which they came, retries included. */
  boolean isOrdered() {
    return limit.concurrency() <= 1;
  }

  /** The latest job that names a key says what its limits are. */
  void update(KeyLimit next) {
    if (!limit.equals(next)) {
      limit = next;
      TreeSet<Task> sorted = new TreeSet<>(order());
      sorted.addAll(parked);
      parked = sorted;
    }
  }

  boolean isFull() {
    return holders >= Math.max(limit.concurrency(), 1);
  }

  /** More hold it than may: a server has inherited some that run. */
  boolean isExceeded() {
    return holders > Math.max(limit.concurrency(), 1);
  }

  boolean isAtRate(long now) {
    return limit.startsPerMinute() > 0 && waiting + starts.total(now) >= limit.startsPerMinute();
  }
}
