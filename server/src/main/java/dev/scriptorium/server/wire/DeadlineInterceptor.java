package dev.scriptorium.server.wire;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives unary calls that name no deadline a default one, and cuts those of more than five minutes,
 * so that none stays for ever. Streams live as long as both sides want; {@link StreamPatience}
 * bounds those that only the client fills. Stands inside {@link StatusInterceptor}, which lets the
 * first close of a call win.
 */
public final class DeadlineInterceptor implements ServerInterceptor {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Duration limit;
  private final ScheduledExecutorService timer;

  /**
   * @param limit for calls without a deadline
   * @param timer one thread is enough
   */
  public DeadlineInterceptor(Duration limit, ScheduledExecutorService timer) {
    this.limit = limit;
    this.timer = timer;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Context current = Context.current();
    Deadline deadline = current.getDeadline();
    Duration most = deadline == null ? limit : LONGEST;
    boolean bounded = deadline != null && deadline.isBefore(after(most));
    if (call.getMethodDescriptor().getType() != MethodType.UNARY || bounded) {
      return next.startCall(call, headers);
    }
    Context.CancellableContext limited = current.withDeadline(after(most), timer);
    limited.addListener(context -> closeWhenLate(call, context, most), Runnable::run);
    return Contexts.interceptCall(limited, new CancellingCall<>(call, limited), headers, next);
  }

  private static Deadline after(Duration span) {
    return Deadline.after(span.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void closeWhenLate(ServerCall<?, ?> call, Context context, Duration most) {
    if (context.cancellationCause() instanceof java.util.concurrent.TimeoutException) {
      ErrorStatus error =
          ErrorStatus.deadlineExceeded("no answer within " + most.toSeconds() + " s");
      call.close(error.status(), error.trailers());
    }
  }

  /** Frees the deadline's timer when the call is over. */
  private static final class CancellingCall<Q, A>
      extends io.grpc.ForwardingServerCall.SimpleForwardingServerCall<Q, A> {
    private final Context.CancellableContext context;

    CancellingCall(ServerCall<Q, A> call, Context.CancellableContext context) {
      super(call);
      this.context = context;
    }

    @Override
    public void close(io.grpc.Status status, Metadata trailers) {
      super.close(status, trailers);
      context.cancel(null);
    }
  }
}
