package dev.scriptorium.fake;

import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.DrainWorkerRequest;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.ListWorkersRequest;
import dev.scriptorium.v1.ListWorkersResponse;
import dev.scriptorium.v1.QuietWorkerRequest;
import dev.scriptorium.v1.ResumeWorkerRequest;
import dev.scriptorium.v1.RunningAttempt;
import dev.scriptorium.v1.WatchFleetRequest;
import dev.scriptorium.v1.WatchFleetResponse;
import dev.scriptorium.v1.Worker;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Two workers: {@code demo} runs job 8, {@code idle} nothing. Thread-safe. */
public final class FakeFleet extends FleetGrpc.FleetImplBase {
  private final CountDownLatch watched = new CountDownLatch(1);
  private volatile boolean ends = true;

  FakeFleet() {}

  /** Lets a watch go on after the last change. */
  public void keepWatching() {
    ends = false;
  }

  /** Opened by the first watch, after its last change. */
  public CountDownLatch watched() {
    return watched;
  }

  @Override
  public void listWorkers(ListWorkersRequest request, StreamObserver<ListWorkersResponse> answer) {
    answer.onNext(ListWorkersResponse.newBuilder().addAllWorkers(List.of(demo(), idle())).build());
    answer.onCompleted();
  }

  /** First both; then the one with more memory in use, and without what it ran; then one. */
  @Override
  public void watchFleet(WatchFleetRequest request, StreamObserver<WatchFleetResponse> answer) {
    Worker later = demo().toBuilder().setRunnerMemoryBytes(1 << 29).build();
    Worker done = later.toBuilder().setBusyRunners(0).clearRunning().build();
    for (List<Worker> workers :
        List.of(
            List.of(demo(), idle()),
            List.of(later, idle()),
            List.of(done, idle()),
            List.of(done))) {
      answer.onNext(WatchFleetResponse.newBuilder().addAllWorkers(workers).build());
    }
    watched.countDown();
    if (ends) {
      answer.onCompleted();
    }
  }

  @Override
  public void quietWorker(QuietWorkerRequest request, StreamObserver<Worker> answer) {
    order(request.getName(), Worker.State.STATE_QUIET, answer);
  }

  @Override
  public void resumeWorker(ResumeWorkerRequest request, StreamObserver<Worker> answer) {
    order(request.getName(), Worker.State.STATE_ACTIVE, answer);
  }

  @Override
  public void drainWorker(DrainWorkerRequest request, StreamObserver<Worker> answer) {
    order(request.getName(), Worker.State.STATE_DRAINING, answer);
  }

  private static void order(String name, Worker.State state, StreamObserver<Worker> answer) {
    if (!name.equals("workers/demo")) {
      answer.onError(
          Faults.error(
              Code.NOT_FOUND,
              "WORKER_NOT_FOUND",
              "no worker of the name " + name + " is connected",
              Map.of("worker", name)));
      return;
    }
    answer.onNext(demo().toBuilder().setState(state).build());
    answer.onCompleted();
  }

  private static Worker demo() {
    return Worker.newBuilder()
        .setName("workers/demo")
        .setHost("host-a")
        .setState(Worker.State.STATE_ACTIVE)
        .setMaxRunners(4)
        .setRunners(2)
        .setBusyRunners(1)
        .setStartingRunners(1)
        .setRecycledRunners(17)
        .setMemoryBudgetBytes(3L << 30)
        .setFreeMemoryBytes(2L << 30)
        .setRunnerMemoryBytes(300L << 20)
        .setSandbox("bwrap")
        .setDrainOrder(2)
        .addRunning(
            RunningAttempt.newBuilder()
                .setJob("jobs/8")
                .setAttempt(1)
                .setKind("parse")
                .setPercent(40)
                .setActivity("chapter 12 of 40")
                .setStartTime(Timestamp.newBuilder().setSeconds(1_790_000_000))
                .setMemoryBytes(256L << 20))
        .build();
  }

  private static Worker idle() {
    return Worker.newBuilder()
        .setName("workers/idle")
        .setHost("host-b")
        .setState(Worker.State.STATE_QUIET)
        .setMaxRunners(2)
        .setRunners(1)
        .setMemoryBudgetBytes(1L << 30)
        .setFreeMemoryBytes(1L << 30)
        .setSandbox("none")
        .setDrainOrder(1)
        .build();
  }
}
