package dev.scriptorium.server.fleet;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.DrainWorkerRequest;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.ListWorkersRequest;
import dev.scriptorium.v1.ListWorkersResponse;
import dev.scriptorium.v1.QuietWorkerRequest;
import dev.scriptorium.v1.ResumeWorkerRequest;
import dev.scriptorium.v1.WatchFleetRequest;
import dev.scriptorium.v1.WatchFleetResponse;
import dev.scriptorium.v1.Worker;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The service {@code scriptorium.v1.Fleet}. */
public final class FleetGrpcService extends FleetGrpc.FleetImplBase {
  private static final Duration GLANCE = Duration.ofMillis(500);

  private final Fleet fleet;
  private final Glances glances;

  /**
   * @param watchers runs one task for every watching call; virtual threads
   */
  public FleetGrpcService(Fleet fleet, Executor watchers) {
    this.fleet = fleet;
    glances = new Glances(watchers, GLANCE);
  }

  @Override
  public void listWorkers(
      ListWorkersRequest request, StreamObserver<ListWorkersResponse> response) {
    response.onNext(ListWorkersResponse.newBuilder().addAllWorkers(fleet.workers()).build());
    response.onCompleted();
  }

  @Override
  public void quietWorker(QuietWorkerRequest request, StreamObserver<Worker> response) {
    order(request.getName(), WorkerSession::quiet, response);
  }

  @Override
  public void resumeWorker(ResumeWorkerRequest request, StreamObserver<Worker> response) {
    order(request.getName(), WorkerSession::resume, response);
  }

  @Override
  public void drainWorker(DrainWorkerRequest request, StreamObserver<Worker> response) {
    order(request.getName(), WorkerSession::drain, response);
  }

  private void order(String name, Consumer<WorkerSession> order, StreamObserver<Worker> response) {
    WorkerSession session =
        fleet.find(WorkerDescription.parse(name)).orElseThrow(() -> notFound(name));
    order.accept(session);
    response.onNext(session.view().orElseThrow(() -> notFound(name)));
    response.onCompleted();
  }

  private static ApiException notFound(String name) {
    return new ApiException(
        ErrorReason.ERROR_REASON_WORKER_NOT_FOUND,
        "no worker of the name " + name + " is connected",
        Map.of("worker", name));
  }

  @Override
  public void watchFleet(WatchFleetRequest request, StreamObserver<WatchFleetResponse> response) {
    glances.tell(
        () -> WatchFleetResponse.newBuilder().addAllWorkers(fleet.workers()).build(), response);
  }
}
