package dev.scriptorium.server.telemetry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Times every call as {@code rpc.seconds;method=<service/method>;code=<code>} and counts those
 * under way as {@code rpc.active}. Outermost of the interceptors that know the outcome.
 */
public final class CallMetrics implements ServerInterceptor {
  private final MetricRegistry metrics;
  private final Counter active;

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
        metrics
            .timer("rpc.seconds;method=" + method + ";code=" + code)
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
