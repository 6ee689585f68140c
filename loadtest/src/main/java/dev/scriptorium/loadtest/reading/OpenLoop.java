package dev.scriptorium.loadtest.reading;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Calls at a fixed rate, whether or not the ones before have been answered: a slow server does not
 * slow the callers down. Time counts from when a call was due.
 */
final class OpenLoop {
  private static final long ANSWER_BOUND_SECONDS = 30;
  private static final int STEP_NANOS = 500_000;

  private final int ratePerSecond;
  private final IntFunction<ListenableFuture<?>> call;

  /**
   * @param call makes the n-th call, and returns at once
   */
  OpenLoop(int ratePerSecond, IntFunction<ListenableFuture<?>> call) {
    this.ratePerSecond = ratePerSecond;
    this.call = call;
  }

  /** What was measured. */
  static final class Result {
    private final int[] micros;
    private final int failed;
    private final double perSecond;
    private final String firstError;

    /**
     * @param micros of every call that was answered, sorted
     * @param failed calls that ended with an error
     * @param perSecond calls answered a second, from the first to the last
     */
    Result(int[] micros, int failed, double perSecond, String firstError) {
      this.micros = micros;
      this.failed = failed;
      this.perSecond = perSecond;
      this.firstError = firstError;
    }

    int answered() {
      return micros.length;
    }

    int failed() {
      return failed;
    }

    double perSecond() {
      return perSecond;
    }

    String firstError() {
      return firstError;
    }

    /** Time within which this part of the calls was answered. */
    double millis(double quantile) {
      return micros.length == 0
          ? Double.POSITIVE_INFINITY
          : micros[Math.min(micros.length - 1, (int) (quantile * micros.length))] / 1000.0;
    }
  }

  Result run(int first, Duration length) throws InterruptedException {
    int calls = Math.toIntExact(ratePerSecond * length.toSeconds());
    Tally tally = new Tally(calls);
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      long due = start + i * 1_000_000_000L / ratePerSecond;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(Math.min(wait, STEP_NANOS));
      }
      int number = i;
      ListenableFuture<?> answer = call.apply(first + i);
      answer.addListener(() -> tally.answered(number, answer, due), MoreExecutors.directExecutor());
    }
    tally.await();
    return tally.result((System.nanoTime() - start) / 1e9);
  }

  /** Counts answers, as they come. */
  private static final class Tally {
    private final AtomicIntegerArray micros;
    private final AtomicInteger open;
    private final AtomicInteger failed = new AtomicInteger();
    private volatile String firstError = "";

    Tally(int calls) {
      micros = new AtomicIntegerArray(calls);
      open = new AtomicInteger(calls);
    }

    void answered(int number, ListenableFuture<?> answer, long due) {
      try {
        var _ = answer.get();
        micros.set(number, (int) Math.max(1, (System.nanoTime() - due) / 1000));
      } catch (ExecutionException e) {
        if (failed.getAndIncrement() == 0) {
          firstError = String.valueOf(e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        open.decrementAndGet();
      }
    }

    void await() throws InterruptedException {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_BOUND_SECONDS);
      while (open.get() > 0 && System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }

    Result result(double seconds) {
      int[] all = new int[micros.length()];
      for (int i = 0; i < all.length; i++) {
        all[i] = micros.get(i);
      }
      int[] good = Arrays.stream(all).filter(m -> m > 0).sorted().toArray();
      return new Result(good, all.length - good.length, good.length / seconds, firstError);
    }
  }
}
