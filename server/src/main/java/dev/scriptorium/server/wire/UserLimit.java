package dev.scriptorium.server.wire;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.scriptorium.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Bounds the calls that each user has under way, so that nobody takes the places of all others in
 * {@link LoadLimit}. Operators and workers are not bounded. Stands inside {@link AuthInterceptor}.
 */
public final class UserLimit implements ServerInterceptor {
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final int most;
  // Forgotten when no call holds any of them.
  private final LoadingCache<Places, Semaphore> places;

  private record Places(UUID user, boolean streams) {}

  /**
   * @param most unary calls of a user at once, and as many streams; at least 1
   */
  public UserLimit(int most) {
    this.most = most;
    this.places = Caffeine.newBuilder().weakValues().build(_ -> new Semaphore(most));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Caller caller = Caller.KEY.get();
    if (caller == null || !caller.role().isBounded()) {
      return next.startCall(call, headers);
    }
    boolean stream = call.getMethodDescriptor().getType() != MethodType.UNARY;
    Semaphore permits = places.get(new Places(caller.owner(), stream));
    if (!permits.tryAcquire()) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_RATE_LIMITED,
          "a user may have %d %s under way; retry in %d ms"
              .formatted(most, stream ? "streams" : "calls", RETRY_AFTER.toMillis()),
          Map.of("limit", Integer.toString(most)),
          RETRY_AFTER);
    }
    return HeldCall.start(call, headers, next, permits);
  }
}
