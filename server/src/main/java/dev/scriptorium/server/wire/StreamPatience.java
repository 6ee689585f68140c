package dev.scriptorium.server.wire;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Ends streams that take too long to say what they have to say: those whose client pauses, or sends
 * a little for ever. Stands inside {@link StatusInterceptor}, which lets the first close of a call
 * win, and outside whatever keeps something for a call that does not end.
 */
public final class StreamPatience implements ServerInterceptor {
  private final Duration pause;
  private final Duration total;
  private final Predicate<String> open;
  private final ScheduledExecutorService timer;

  /**
   * @param pause longest time between two messages
   * @param total longest time until the last message
   * @param open whether a method needs no key; others may keep a stream in both directions for ever
   * @param timer one thread is enough
   */
  public StreamPatience(
      Duration pause, Duration total, Predicate<String> open, ScheduledExecutorService timer) {
    this.pause = pause;
    this.total = total;
    this.open = open;
    this.timer = timer;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodType type = call.getMethodDescriptor().getType();
    boolean watched =
        type == MethodType.CLIENT_STREAMING
            || (type == MethodType.BIDI_STREAMING
                && open.test(call.getMethodDescriptor().getFullMethodName()));
    if (!watched) {
      return next.startCall(call, headers);
    }
    Watch<Q> watch = new Watch<>(next.startCall(call, headers), call);
    watch.lookAgain(Math.min(pause.toNanos(), total.toNanos()));
    return watch;
  }

  /** One stream. */
  private final class Watch<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final long startNanos = System.nanoTime();
    private volatile long heardNanos = startNanos;
    private volatile boolean ended;
    private volatile boolean closedByUs;

    Watch(ServerCall.Listener<Q> listener, ServerCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      heardNanos = System.nanoTime();
      super.onMessage(message);
      // A message may have waited for the disk: that is not the client's pause.
      heardNanos = System.nanoTime();
    }

    @Override
    public void onHalfClose() {
      ended = true;
      super.onHalfClose();
    }

    @Override
    public void onCancel() {
      ended = true;
      super.onCancel();
    }

    // A service that was still waiting has to hear that nothing more comes.
    @Override
    public void onComplete() {
      ended = true;
      if (closedByUs) {
        super.onCancel();
      } else {
        super.onComplete();
      }
    }

    private void lookAgain(long nanos) {
      try {
        var _ = timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        // The server stops, and all streams with it.
        ended = true;
      }
    }

    private void look() {
      if (ended) {
        return;
      }
      long now = System.nanoTime();
      long left =
          Math.min(pause.toNanos() - (now - heardNanos), total.toNanos() - (now - startNanos));
      if (left > 0) {
        lookAgain(left);
        return;
      }
      ended = true;
      closedByUs = true;
      ErrorStatus error =
          ErrorStatus.deadlineExceeded(
              "a stream may pause for %d ms and take %d ms in all"
                  .formatted(pause.toMillis(), total.toMillis()));
      call.close(error.status(), error.trailers());
    }
  }
}
