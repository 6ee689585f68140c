package dev.scriptorium.loadtest.load;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Calls that wait for those before them. */
public final class ClosedLoop {
  /** A call that tells when it has ended. */
  public interface Call {
    /**
     * Begins, and returns at once.
     *
     * @param ended told once, whether it has ended well
     */
    void begin(Consumer<Boolean> ended);
  }

  private ClosedLoop() {}

  /**
   * Calls a second with so many in flight at any time.
   *
   * @throws IllegalStateException when one has failed
   */
  public static double perSecond(int inFlight, Duration span, Call call)
      throws InterruptedException {
    Semaphore places = new Semaphore(inFlight);
    AtomicLong ended = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    long start = System.nanoTime();
    long end = start + span.toNanos();
    while (System.nanoTime() < end) {
      places.acquire();
      call.begin(
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

  /** Calls one after the other; those that fail are counted. */
  public static Times oneByOne(int count, Runnable call) {
    LongStream.Builder nanos = LongStream.builder();
    int failed = 0;
    String firstError = "";
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      try {
        call.run();
        nanos.add(System.nanoTime() - start);
      } catch (RuntimeException e) {
        firstError = failed == 0 ? e.toString() : firstError;
        failed++;
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Times(nanos.build().toArray(), failed, seconds, firstError);
  }
}
