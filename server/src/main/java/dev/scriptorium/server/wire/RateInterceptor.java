package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Bounds what each user may ask for, whatever keys it comes with: a call takes units, more for one
 * that costs the server more. Operators and workers are not bounded: they belong to the
 * installation. Stands inside {@link AuthInterceptor}.
 */
public final class RateInterceptor implements ServerInterceptor {
  private final RateLimit limit;
  private final ToIntFunction<String> costs;

  /**
   * @param costs from a method's full name to its units
   */
  public RateInterceptor(RateLimit limit, ToIntFunction<String> costs) {
    this.limit = limit;
    this.costs = costs;
  }

  /** The error for a caller who has to wait. */
  public static ApiException refusal(Duration wait) {
    return new ApiException(
        ErrorReason.ERROR_REASON_RATE_LIMITED,
        "too many calls; retry in " + wait.toMillis() + " ms",
        Map.of(),
        wait);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Caller caller = Caller.KEY.get();
    if (caller != null && caller.role().isBounded()) {
      int cost = costs.applyAsInt(call.getMethodDescriptor().getFullMethodName());
      Duration wait = limit.take(caller.owner().toString(), cost);
      if (!wait.isZero()) {
        throw refusal(wait);
      }
    }
    return next.startCall(call, headers);
  }
}
