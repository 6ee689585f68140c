package dev.scriptorium.loadtest.catalog;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Makes calls, and tells how long they took. */
final class Load {
  /** One call, whose answer is waited for. */
  interface Request {
    void send(RandomGenerator random);
  }

  /** A call that tells when it has ended. */
  interface AsyncRequest {
    /**
     * @param ended told once, whether it has ended well
     */
    void send(Consumer<Boolean> ended);
  }

  /**
   * Times of calls.
   *
   * @param sortedNanos ascending
   * @param errors calls that failed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Times(long[] sortedNanos, int errors) {
    /** Milliseconds below which this part of the calls stayed. */
    double millis(double part) {
      int last = sortedNanos.length - 1;
      return last < 0 ? Double.NaN : sortedNanos[(int) Math.round(part * last)] / 1e6;
    }
  }

  private Load() {}

  /**
   * Calls a second with so many in flight at any time.
   *
   * @throws IllegalStateException when one has failed
   */
  static double closed(int inFlight, Duration span, AsyncRequest request)
      throws InterruptedException {
    Semaphore places = new Semaphore(inFlight);
    AtomicLong ended = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    long start = System.nanoTime();
    long end = start + span.toNanos();
    while (System.nanoTime() < end) {
      places.acquire();
      request.send(
          well -> {
            (well ? ended : failed).incrementAndGet();
            places.release();
          });
    }
    places.acquire(inFlight);
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " calls have failed");
    }
    return ended.get() / ((System.nanoTime() - start) / 1e9);
  }

  /**
   * Calls at fixed times, whether or not those before have ended. Times count from when a call was
   * due, so that a server that stalls is not spared.
   */
  static Times open(int perSecond, Duration span, Request request) throws InterruptedException {
    int count = (int) (perSecond * span.toMillis() / 1000);
    long[] nanos = new long[count];
    AtomicInteger errors = new AtomicInteger();
    long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long due = start + i * gap;
        LockSupport.parkNanos(due - System.nanoTime());
        int number = i;
        threads.execute(
            () -> {
              try {
                request.send(ThreadLocalRandom.current());
              } catch (RuntimeException e) {
                errors.incrementAndGet();
              }
              nanos[number] = System.nanoTime() - due;
            });
      }
    }
    Arrays.sort(nanos);
    return new Times(nanos, errors.get());
  }

  /** Calls one after the other. */
  static Times oneByOne(int count, Request request) {
    long[] nanos = new long[count];
    int errors = 0;
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      try {
        request.send(ThreadLocalRandom.current());
      } catch (RuntimeException e) {
        errors++;
      }
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return new Times(nanos, errors);
  }
}
