package dev.scriptorium.client;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes calls: repeats what may be repeated, translates errors. Thread-safe. */
final class Calls {
  /** Reasons after which what is to be done is clear, once the state is asked for anew. */
  private static final Set<String> AGAIN =
      Set.of("UPLOAD_OFFSET_MISMATCH", "UPLOAD_BUSY", "DEADLINE_EXCEEDED");

  /** Who stood still for so long has used up much of the patience. */
  private static final int STALLS = 4;

  private final ManagedChannel channel;
  private final RetryPolicy policy;
  private final Errors errors;
  private final CountDownLatch closed;

  /**
   * @param closed ends every pause when it reaches zero
   */
  Calls(ManagedChannel channel, RetryPolicy policy, Errors errors, CountDownLatch closed) {
    this.channel = channel;
    this.policy = policy;
    this.errors = errors;
    this.closed = closed;
  }

  /** A call that changes something and names no request id: tried once. */
  <T> T once(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw errors.decode(e);
    }
  }

  /** A call that may be repeated, because it reads only or names a request id. */
  <T> T repeatable(Supplier<T> call) {
    for (int failures = 1; ; failures++) {
      try {
        return once(call);
      } catch (ScriptoriumException e) {
        if (!e.retryable() || failures >= policy.attempts()) {
          throw e;
        }
        pause(policy.pause(failures, e, RandomGenerator.getDefault()), e);
      }
    }
  }

  /**
   * Reads a stream to its end with OK, and opens it again whenever it breaks. Each opening starts
   * with the present state, so nothing that matters is missed.
   *
   * @param broken hears of a break before the pause that follows it
   */
  <T> void follow(
      Supplier<Iterator<T>> open, Consumer<? super T> each, Consumer<ScriptoriumException> broken) {
    Duration waited = Duration.ZERO;
    int failures = 0;
    while (true) {
      Reading<T> reading = new Reading<>(open, each);
      try {
        reading.run();
        return;
      } catch (ScriptoriumException e) {
        waited = reading.received ? Duration.ZERO : waited;
        failures = reading.received ? 1 : failures + 1;
        if (!e.retryable() || waited.compareTo(policy.patience()) >= 0) {
          throw e;
        }
        Duration pause = policy.pause(failures, e, RandomGenerator.getDefault());
        waited = waited.plus(pause);
        broken.accept(e);
        pause(pause, e);
      }
    }
  }

  /** Patience with something that is taken up again and again, and gets on now and then. */
  Perseverance perseverance() {
    return new Perseverance();
  }

  /** Pauses after failures, until nothing has got on for the policy's patience. One thread. */
  final class Perseverance {
    private Duration waited = Duration.ZERO;
    private int failures;
    private long reached = -1;

    /**
     * Waits before the next try.
     *
     * @param progress how far it is; more than ever before renews the patience
     * @throws ScriptoriumException the failure, when no retry helps or the patience is over
     */
    void pauseOrThrow(StatusRuntimeException failure, long progress) {
      ScriptoriumException error = errors.decode(failure);
      if (progress > reached) {
        waited = Duration.ZERO;
        failures = 0;
        reached = progress;
      }
      failures++;
      boolean again = error.retryable() || AGAIN.contains(error.reason());
      if (!again || waited.compareTo(policy.patience()) >= 0) {
        throw error;
      }
      Duration pause = policy.pause(failures, error, RandomGenerator.getDefault());
      waited = waited.plus(pause);
      if (error.code() == Status.Code.DEADLINE_EXCEEDED) {
        waited = waited.plus(policy.patience().dividedBy(STALLS));
      }
      pause(pause, error);
    }
  }

  /** Reads a stream to its end with OK; a break ends it. */
  <T> void readOnce(Supplier<Iterator<T>> open, Consumer<? super T> each) {
    new Reading<>(open, each).run();
  }

  /**
   * Answers of the same call, again and again with a pause between; they end when the client is
   * closed. The call is made by {@code hasNext}, where {@link #follow} looks for its errors.
   */
  <T> Iterator<T> every(Duration pause, Supplier<T> call) {
    return new Iterator<>() {
      private boolean begun;
      private @Nullable T answer;

      @Override
      public boolean hasNext() {
        if (answer == null && !(begun && closedWithin(pause))) {
          begun = true;
          answer = call.get();
        }
        return answer != null;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the client was closed");
        }
        T next = Objects.requireNonNull(answer);
        answer = null;
        return next;
      }
    };
  }

  private boolean closedWithin(Duration length) {
    try {
      return closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Errors.interrupted(e);
    }
  }

  private void pause(Duration length, ScriptoriumException error) {
    if (closedWithin(length)) {
      throw error;
    }
    // gRPC's own pause between connections grows to minutes; ours decides.
    channel.resetConnectBackoff();
  }

  /** One opening of a stream. */
  private final class Reading<T> {
    private final Supplier<Iterator<T>> open;
    private final Consumer<? super T> each;
    private boolean received;

    Reading(Supplier<Iterator<T>> open, Consumer<? super T> each) {
      this.open = open;
      this.each = each;
    }

    /** Leaving in whatever way cancels the call on the server too. */
    void run() {
      Context.CancellableContext context = Context.current().withCancellation();
      Context before = context.attach();
      try {
        Iterator<T> messages = open.get();
        while (hasNext(messages)) {
          received = true;
          each.accept(messages.next());
        }
      } finally {
        context.detach(before);
        context.cancel(null);
      }
    }

    /** Only what the transport throws is translated, never what the caller's code throws. */
    private boolean hasNext(Iterator<T> messages) {
      try {
        return messages.hasNext();
      } catch (StatusRuntimeException e) {
        if (closed.getCount() == 0) {
          throw new ScriptoriumException(
              ScriptoriumException.INTERRUPTED,
              "the client was closed",
              Map.of(),
              Status.Code.CANCELLED,
              null,
              e);
        }
        throw errors.decode(e);
      }
    }
  }
}
