package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the calls under way, and with them the virtual threads and the memory. What is over the
 * limit is refused at once, which costs next to nothing, instead of waiting until nobody wants the
 * answer any more. Stands inside {@link StatusInterceptor}.
 */
public final class LoadLimit implements ServerInterceptor {
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final int unaryLimit;
  private final int streamLimit;
  private final Semaphore unary;
  private final Semaphore streams;

  /**
   * @param unaryLimit most unary calls at once
   * @param streamLimit most streams at once
   */
  public LoadLimit(int unaryLimit, int streamLimit) {
    this.unaryLimit = unaryLimit;
    this.streamLimit = streamLimit;
    this.unary = new Semaphore(unaryLimit);
    this.streams = new Semaphore(streamLimit);
  }

  /** Calls under way, of both sorts. */
  public int inFlight() {
    return unaryLimit - unary.availablePermits() + streamLimit - streams.availablePermits();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Semaphore permits = call.getMethodDescriptor().getType() == MethodType.UNARY ? unary : streams;
    if (!permits.tryAcquire()) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_OVERLOADED,
          "too many calls at once; retry in " + RETRY_AFTER.toMillis() + " ms",
          Map.of(),
          RETRY_AFTER);
    }
    Permit permit = new Permit(permits);
    try {
      return new ReleasingListener<>(
          next.startCall(new ReleasingCall<>(call, permit), headers), permit);
    } catch (RuntimeException e) {
      permit.release();
      throw e;
    }
  }

  private record Permit(Semaphore permits, AtomicBoolean held) {
    Permit(Semaphore permits) {
      this(permits, new AtomicBoolean(true));
    }

    void release() {
      if (held.getAndSet(false)) {
        permits.release();
      }
    }
  }

  private static final class ReleasingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Permit permit;

    ReleasingCall(ServerCall<Q, A> call, Permit permit) {
      super(call);
      this.permit = permit;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      permit.release();
      super.close(status, trailers);
    }
  }

  private static final class ReleasingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Permit permit;

    ReleasingListener(ServerCall.Listener<Q> listener, Permit permit) {
      super(listener);
      this.permit = permit;
    }

    @Override
    public void onCancel() {
      permit.release();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      permit.release();
      super.onComplete();
    }
  }
}
