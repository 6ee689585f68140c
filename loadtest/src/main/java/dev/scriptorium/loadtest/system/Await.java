package dev.scriptorium.loadtest.system;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for a condition outside this process, always with a bound. */
public final class Await {
  private static final Duration STEP = Duration.ofMillis(20);

  private Await() {}

  /**
   * Asks until the answer is good.
   *
   * @param what named in the error
   * @param question asked about every 20 ms; an exception it throws is an answer that is not good
   * @return the first good answer
   * @throws IllegalStateException when the bound is reached; names the last answer
   */
  public static <T> T until(
      String what, Duration bound, Callable<T> question, Predicate<? super T> good) {
    long end = System.nanoTime() + bound.toNanos();
    Object last = "nothing";
    while (System.nanoTime() < end) {
      try {
        T answer = question.call();
        if (good.test(answer)) {
          return answer;
        }
        last = answer == null ? "null" : answer;
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(STEP.toNanos());
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + what);
      }
    }
    throw new IllegalStateException(
        "%s did not happen within %s; last: %s".formatted(what, bound, last));
  }

  /** Asks until the answer is true. */
  public static void until(String what, Duration bound, Callable<Boolean> question) {
    until(what, bound, question, answer -> answer);
  }
}
