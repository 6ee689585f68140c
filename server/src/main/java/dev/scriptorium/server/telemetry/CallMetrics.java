package dev.scriptorium.server.telemetry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Times every call as {@code rpc.seconds;method=<service/method>;code=<code>} and counts those
 * under way as {@code rpc.active}. Outermost of the interceptors that know the outcome.
 */
public final class CallMetrics implements ServerInterceptor {
  private final MetricRegistry metrics;
  private final Counter active;
  // Of the registry; a name is put together once.
  private final ConcurrentMap<Outcome, Timer> timers = new ConcurrentHashMap<>();

  private record Outcome(String method, Status.Code code) {}

  /**
   * @param metrics where the numbers go
   */
  public CallMetrics(MetricRegistry metrics) {
    this.metrics = metrics;
    this.active = metrics.counter("rpc.active");
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Measurement measurement = new Measurement(call.getMethodDescriptor().getFullMethodName());
    active.inc();
    return new MeasuredListener<>(
        next.startCall(new MeasuredCall<>(call, measurement), headers), measurement);
  }

  private Timer timer(Outcome outcome) {
    return metrics.timer(
        "rpc.seconds;method=" + outcome.method() + ";code=" + outcome.code(),
        () -> new Timer(LockFreeExponentiallyDecayingReservoir.builder().build()));
  }

  /** One call; the first end that is reported counts. */
  private final class Measurement {
    private final String method;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    Measurement(String method) {
      this.method = method;
    }

    void end(Status.Code code) {
      if (!ended.getAndSet(true)) {
        active.dec();
        timers
            .computeIfAbsent(new Outcome(method, code), CallMetrics.this::timer)
            .update(Duration.ofNanos(System.nanoTime() - startNanos));
      }
    }
  }

  private static final class MeasuredCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Measurement measurement;

    MeasuredCall(ServerCall<Q, A> call, Measurement measurement) {
      super(call);
      this.measurement = measurement;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      measurement.end(status.getCode());
      super.close(status, trailers);
    }
  }

  private static final class MeasuredListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Measurement measurement;

    MeasuredListener(ServerCall.Listener<Q> listener, Measurement measurement) {
      super(listener);
      this.measurement = measurement;
    }

    @Override
    public void onCancel() {
      measurement.end(Status.Code.CANCELLED);
      super.onCancel();
    }
  }
}
