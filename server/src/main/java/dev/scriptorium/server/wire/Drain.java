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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends the server's calls in an orderly way: requests that are under way may finish, new ones are
 * sent elsewhere, and streams, which would never end by themselves, are closed last. Stands inside
 * {@link StatusInterceptor}.
 */
public final class Drain implements ServerInterceptor {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Set<ServerCall<?, ?>> streams = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int requests;
  private boolean draining;

  /** Refuses new calls from now on. */
  public void begin() {
    lock.lock();
    try {
      draining = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the requests under way, uploads among them.
   *
   * @return true when none is left
   */
  public boolean awaitRequests(Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lock();
    try {
      while (requests > 0 && nanos > 0) {
        nanos = idle.awaitNanos(nanos);
      }
      return requests == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the streams that are open; their clients find another server. */
  public void closeStreams() {
    ErrorStatus error = ErrorStatus.of(shuttingDown());
    for (ServerCall<?, ?> stream : streams) {
      stream.close(error.status(), error.trailers());
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    TrackedCall<Q, A> tracked = new TrackedCall<>(call);
    enter(tracked);
    try {
      return new TrackedListener<>(next.startCall(tracked, headers), tracked);
    } catch (RuntimeException e) {
      leave(tracked);
      throw e;
    }
  }

  private void enter(TrackedCall<?, ?> call) {
    lock.lock();
    try {
      if (draining) {
        throw shuttingDown();
      }
      if (call.isRequest()) {
        requests++;
      } else {
        streams.add(call);
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(TrackedCall<?, ?> call) {
    lock.lock();
    try {
      if (call.left) {
        return;
      }
      call.left = true;
      if (!call.isRequest()) {
        streams.remove(call);
      } else if (--requests == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private static ApiException shuttingDown() {
    return new ApiException(
        ErrorReason.ERROR_REASON_SHUTTING_DOWN,
        "this server is shutting down; retry on another, or in " + RETRY_AFTER.toSeconds() + " s",
        Map.of(),
        RETRY_AFTER);
  }

  private final class TrackedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    // Guarded by the lock.
    private boolean left;

    TrackedCall(ServerCall<Q, A> call) {
      super(call);
    }

    /** One answer to come, after which the call is over. */
    boolean isRequest() {
      MethodType type = getMethodDescriptor().getType();
      return type == MethodType.UNARY || type == MethodType.CLIENT_STREAMING;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      super.close(status, trailers);
      leave(this);
    }
  }

  private final class TrackedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final TrackedCall<Q, ?> call;

    TrackedListener(ServerCall.Listener<Q> listener, TrackedCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onCancel() {
      leave(call);
      super.onCancel();
    }

    @Override
    public void onComplete() {
      leave(call);
      super.onComplete();
    }
  }
}
