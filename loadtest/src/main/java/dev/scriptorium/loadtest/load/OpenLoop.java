package dev.scriptorium.loadtest.load;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Calls at a fixed rate, whether or not the ones before have been answered: a slow server does not
 * slow the callers down. Time counts from when a call was due.
 */
public final class OpenLoop {
  private static final long ANSWER_BOUND_SECONDS = 30;
  private static final int TICK_NANOS = 1_000_000;

  private final int ratePerSecond;
  private final IntFunction<ListenableFuture<?>> call;

  /**
   * @param call makes the n-th call, and returns at once
   */
  public OpenLoop(int ratePerSecond, IntFunction<ListenableFuture<?>> call) {
    this.ratePerSecond = ratePerSecond;
    this.call = call;
  }

  /**
   * Calls for so long, and waits for the answers.
   *
   * @param first number of the first call
   */
  public Times run(int first, Duration length) throws InterruptedException {
    int calls = Math.toIntExact(ratePerSecond * length.toSeconds());
    Tally tally = new Tally(calls);
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      long due = start + i * 1_000_000_000L / ratePerSecond;
      // What is due in the same millisecond is called together: to wake up for each one would cost
      // a good part of a processor.
      while (due > System.nanoTime()) {
        LockSupport.parkNanos(TICK_NANOS);
      }
      int number = i;
      ListenableFuture<?> answer = call.apply(first + i);
      answer.addListener(() -> tally.answered(number, answer, due), MoreExecutors.directExecutor());
    }
    tally.await();
    return tally.times((System.nanoTime() - start) / 1e9);
  }

  /** Counts answers, as they come. */
  private static final class Tally {
    private final AtomicLongArray nanos;
    private final AtomicInteger open;
    private final AtomicInteger failed = new AtomicInteger();
    private volatile String firstError = "";

    Tally(int calls) {
      nanos = new AtomicLongArray(calls);
      open = new AtomicInteger(calls);
    }

    void answered(int number, ListenableFuture<?> answer, long due) {
      try {
        var _ = answer.get();
        nanos.set(number, Math.max(1, System.nanoTime() - due));
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

    Times times(double seconds) {
      long[] good =
          IntStream.range(0, nanos.length()).mapToLong(nanos::get).filter(n -> n > 0).toArray();
      return new Times(good, nanos.length() - good.length, seconds, firstError);
    }
  }
}
