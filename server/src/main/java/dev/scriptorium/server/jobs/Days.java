package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Transactions;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Numbers new jobs, and sees to it that the days they are kept by are there. Never goes back to an
 * earlier day, however the clock is set. Thread-safe.
 */
final class Days {
  private final Transactions transactions;
  private final JobStore store;
  private final InstantSource clock;
  private final long incarnation;
  private long last;
  private int opened = -1;

  Days(Transactions transactions, JobStore store, InstantSource clock, long incarnation) {
    this.transactions = transactions;
    this.store = store;
    this.clock = clock;
    this.incarnation = incarnation;
    last = JobId.floor(0, incarnation);
  }

  /**
   * The first of so many numbers in a row.
   *
   * @param now as the caller sees it
   */
  synchronized long next(int count, Instant now) {
    int day = Math.max(JobId.day(last), JobId.dayOf(now));
    if (day == JobId.day(last) && JobId.left(last) < count) {
      // Used up; any day will do.
      day++;
    }
    open(day);
    if (day > JobId.day(last)) {
      last = JobId.floor(day, incarnation);
    }
    long first = last + 1;
    last += count;
    return first;
  }

  /** Opens today and tomorrow, if that has not been done. */
  synchronized void openAhead() {
    open(Math.max(JobId.day(last), JobId.dayOf(clock.instant())) + 1);
  }

  private void open(int day) {
    if (day > opened) {
      transactions.inTransaction(
          handle -> {
            for (int each = Math.max(0, day - 1); each <= day; each++) {
              store.openDay(handle, each);
            }
            return day;
          });
      opened = day;
    }
  }
}
