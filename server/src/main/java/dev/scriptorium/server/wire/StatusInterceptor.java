package dev.scriptorium.server.wire;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;

/**
 * The one place where exceptions become errors of the API, whether a service throws them or hands
 * them to its response observer.
 */
public final class StatusInterceptor implements ServerInterceptor {
  // What errors are made of is loaded before the first one comes: a virtual thread that waits for a
  // class keeps a processor from all others, and the first errors may come in a flood.
  static {
    var _ = ErrorMapping.map(RateInterceptor.refusal(Duration.ofSeconds(1)), "none", "none");
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MappingCall<Q, A> mapping = new MappingCall<>(call, RequestId.current());
    try {
      return new MappingListener<>(next.startCall(mapping, headers), mapping);
    } catch (RuntimeException e) {
      mapping.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  /**
   * Closes once, whoever is first, and never with an unmapped exception. A call may be closed by
   * its service, by its deadline and by a drain at the same time, so that every use is synchronised
   * and what a service still says after the close is dropped.
   */
  private static final class MappingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final String requestId;
    private boolean closed;

    MappingCall(ServerCall<Q, A> call, String requestId) {
      super(call);
      this.requestId = requestId;
    }

    void fail(Throwable failure) {
      ErrorStatus error =
          ErrorMapping.map(failure, getMethodDescriptor().getFullMethodName(), requestId);
      closeOnce(error.status(), error.trailers());
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!closed) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (!closed) {
        super.sendMessage(message);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      Throwable cause = status.getCause();
      if (ErrorMapping.isUnmapped(status) && cause != null) {
        fail(cause);
      } else {
        closeOnce(status, trailers);
      }
    }

    private synchronized void closeOnce(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }
  }

  private static final class MappingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final MappingCall<Q, ?> call;

    MappingListener(ServerCall.Listener<Q> listener, MappingCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      ApiException unreadable = ReadableRequests.unreadable(message);
      if (unreadable == null) {
        guard(() -> super.onMessage(message));
      } else {
        call.fail(unreadable);
      }
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    @Override
    public void onCancel() {
      guard(super::onCancel);
    }

    @Override
    public void onComplete() {
      guard(super::onComplete);
    }

    private void guard(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException e) {
        call.fail(e);
      }
    }
  }
}
