package dev.scriptorium.server.wire;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that holds a permit until it is over, however it ends. */
final class HeldCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final Permit permit;

  private HeldCall(ServerCall<Q, A> call, Permit permit) {
    super(call);
    this.permit = permit;
  }

  /**
   * Starts a call.
   *
   * @param permits of which one was acquired for it
   */
  static <Q, A> ServerCall.Listener<Q> start(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next, Semaphore permits) {
    Permit permit = new Permit(permits, new AtomicBoolean(true));
    try {
      return new HeldListener<>(next.startCall(new HeldCall<>(call, permit), headers), permit);
    } catch (RuntimeException e) {
      permit.release();
      throw e;
    }
  }

  @Override
  public void close(Status status, Metadata trailers) {
    permit.release();
    super.close(status, trailers);
  }

  private record Permit(Semaphore permits, AtomicBoolean held) {
    void release() {
      if (held.getAndSet(false)) {
        permits.release();
      }
    }
  }

  private static final class HeldListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Permit permit;

    HeldListener(ServerCall.Listener<Q> listener, Permit permit) {
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
