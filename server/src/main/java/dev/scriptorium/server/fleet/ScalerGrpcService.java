package dev.scriptorium.server.fleet;

import dev.scriptorium.externalscaler.ExternalScalerGrpc;
import dev.scriptorium.externalscaler.GetMetricSpecResponse;
import dev.scriptorium.externalscaler.GetMetricsRequest;
import dev.scriptorium.externalscaler.GetMetricsResponse;
import dev.scriptorium.externalscaler.IsActiveResponse;
import dev.scriptorium.externalscaler.MetricSpec;
import dev.scriptorium.externalscaler.MetricValue;
import dev.scriptorium.externalscaler.ScaledObjectRef;
import dev.scriptorium.server.jobs.QueueStatus;
import dev.scriptorium.v1.Worker;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * KEDA's external scaler. KEDA has no key to send: serve it on loopback, or where a network policy
 * or client certificates keep others away. It tells nothing but how much work there is.
 */
public final class ScalerGrpcService extends ExternalScalerGrpc.ExternalScalerImplBase {
  private static final String METRIC = "wanted_workers";
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /** Jobs that a worker runs at once, as long as none is connected to ask. */
  private static final double USUAL_SLOTS = 2;

  private final QueueStatus queue;
  private final Fleet fleet;
  private final Glances glances;

  /**
   * @param watchers runs one task for every watching call; virtual threads
   */
  public ScalerGrpcService(QueueStatus queue, Fleet fleet, Executor watchers) {
    this.queue = queue;
    this.fleet = fleet;
    glances = new Glances(watchers, GLANCE);
  }

  @Override
  public void isActive(ScaledObjectRef request, StreamObserver<IsActiveResponse> response) {
    reply(response, active(WantedWorkers.of(request.getScalerMetadataMap())));
  }

  private IsActiveResponse active(WantedWorkers wanted) {
    return IsActiveResponse.newBuilder().setResult(wanted.any(queue.all())).build();
  }

  @Override
  public void streamIsActive(ScaledObjectRef request, StreamObserver<IsActiveResponse> response) {
    WantedWorkers wanted = WantedWorkers.of(request.getScalerMetadataMap());
    glances.tell(() -> active(wanted), response);
  }

  @Override
  public void getMetricSpec(
      ScaledObjectRef request, StreamObserver<GetMetricSpecResponse> response) {
    MetricSpec spec =
        MetricSpec.newBuilder()
            .setMetricName(METRIC)
            .setTargetSize(1)
            .setTargetSizeFloat(1)
            .build();
    reply(response, GetMetricSpecResponse.newBuilder().addMetricSpecs(spec).build());
  }

  @Override
  public void getMetrics(GetMetricsRequest request, StreamObserver<GetMetricsResponse> response) {
    WantedWorkers wanted = WantedWorkers.of(request.getScaledObjectRef().getScalerMetadataMap());
    long workers = wanted.in(queue.all(), slotsPerWorker());
    // KEDA reads the whole number where the other is not above 0.
    MetricValue value =
        MetricValue.newBuilder()
            .setMetricName(METRIC)
            .setMetricValue(workers)
            .setMetricValueFloat((double) workers)
            .build();
    reply(response, GetMetricsResponse.newBuilder().addMetricValues(value).build());
  }

  private double slotsPerWorker() {
    List<Worker> workers = fleet.workers();
    return workers.stream()
        .mapToInt(worker -> Math.max(1, worker.getMaxRunners()))
        .average()
        .orElse(USUAL_SLOTS);
  }

  private static <T> void reply(StreamObserver<T> response, T answer) {
    response.onNext(answer);
    response.onCompleted();
  }
}
