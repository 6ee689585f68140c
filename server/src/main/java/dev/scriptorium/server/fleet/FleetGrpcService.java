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
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The service {@code scriptorium.v1.Fleet}. */
public final class FleetGrpcService extends FleetGrpc.FleetImplBase {
  private static final long GLANCE_MILLIS = 500;

  private final Fleet fleet;
  private final Executor watchers;

  /**
   * @param watchers runs one task for every watching call; virtual threads
   */
  public FleetGrpcService(Fleet fleet, Executor watchers) {
    this.fleet = fleet;
    this.watchers = watchers;
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
    ServerCallStreamObserver<WatchFleetResponse> stream =
        (ServerCallStreamObserver<WatchFleetResponse>) response;
    CountDownLatch over = new CountDownLatch(1);
    stream.setOnCancelHandler(over::countDown);
    watchers.execute(Context.current().wrap(() -> watch(stream, over)));
  }

  // Memory and progress change all the time: looking is simpler than being told.
  private void watch(ServerCallStreamObserver<WatchFleetResponse> stream, CountDownLatch over) {
    try {
      List<Worker> told = null;
      do {
        List<Worker> now = fleet.workers();
        if (stream.isReady() && !now.equals(told)) {
          stream.onNext(WatchFleetResponse.newBuilder().addAllWorkers(now).build());
          told = now;
        }
      } while (!over.await(GLANCE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stream.onError(
          Status.UNAVAILABLE.withDescription("the server is shutting down").asException());
    } catch (RuntimeException e) {
      stream.onError(e);
    }
  }
}
