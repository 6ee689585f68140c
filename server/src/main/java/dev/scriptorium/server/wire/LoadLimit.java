package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Bounds the calls under way, and with them the virtual threads and the memory. What is over the
 * limit is refused at once, which costs next to nothing, instead of waiting until nobody wants the
 * answer any more. Stands inside {@link StatusInterceptor}.
 */
public final class LoadLimit implements ServerInterceptor {
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final Permits callers;
  private final Permits strangers;
  private final Predicate<String> open;

  /**
   * How many calls may be under way.
   *
   * @param unary most unary calls at once
   * @param streams most streams at once
   */
  public record Most(int unary, int streams) {}

  /**
   * @param callers for calls with a key
   * @param strangers for calls without one, which so cannot take the others' place
   * @param open whether a method, by its full name, needs no key
   */
  public LoadLimit(Most callers, Most strangers, Predicate<String> open) {
    this.callers = new Permits(callers);
    this.strangers = new Permits(strangers);
    this.open = open;
  }

  /** Calls under way, of all sorts. */
  public int inFlight() {
    return callers.inUse() + strangers.inUse();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodDescriptor<Q, A> method = call.getMethodDescriptor();
    Permits pool = open.test(method.getFullMethodName()) ? strangers : callers;
    Semaphore permits = method.getType() == MethodType.UNARY ? pool.unary : pool.streams;
    if (!permits.tryAcquire()) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_OVERLOADED,
          "too many calls at once; retry in " + RETRY_AFTER.toMillis() + " ms",
          Map.of(),
          RETRY_AFTER);
    }
    return HeldCall.start(call, headers, next, permits);
  }

  private static final class Permits {
    private final Most most;
    private final Semaphore unary;
    private final Semaphore streams;

    Permits(Most most) {
      this.most = most;
      this.unary = new Semaphore(most.unary());
      this.streams = new Semaphore(most.streams());
    }

    int inUse() {
      return most.unary() - unary.availablePermits() + most.streams() - streams.availablePermits();
    }
  }
}
