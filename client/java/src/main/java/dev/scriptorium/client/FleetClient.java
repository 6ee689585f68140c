package dev.scriptorium.client;

import dev.scriptorium.v1.DrainWorkerRequest;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.ListWorkersRequest;
import dev.scriptorium.v1.QuietWorkerRequest;
import dev.scriptorium.v1.ResumeWorkerRequest;
import dev.scriptorium.v1.WatchFleetRequest;
import dev.scriptorium.v1.WatchFleetResponse;
import dev.scriptorium.v1.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The connected workers; operators only. What is said of calls at {@link ScriptoriumClient} holds
 * here too. Thread-safe; lives as long as the client it comes from.
 */
public final class FleetClient {
  private final Calls calls;
  private final Duration callTimeout;
  private final FleetGrpc.FleetBlockingStub stub;

  FleetClient(Calls calls, Duration callTimeout, FleetGrpc.FleetBlockingStub stub) {
    this.calls = calls;
    this.callTimeout = callTimeout;
    this.stub = stub;
  }

  /** Every connected worker, by name. */
  public List<Worker> workers() {
    ListWorkersRequest request = ListWorkersRequest.getDefaultInstance();
    return calls.repeatable(() -> timed().listWorkers(request)).getWorkersList();
  }

  /**
   * Follows the fleet until the thread is interrupted or the server stays away.
   *
   * @param each called by this thread with the fleet now, and after every change, at most twice a
   *     second; what it throws ends the watch
   * @param broken called by this thread whenever the connection broke and is to be taken up again
   */
  public void watch(Consumer<WatchFleetResponse> each, Consumer<ScriptoriumException> broken) {
    WatchFleetRequest request = WatchFleetRequest.getDefaultInstance();
    calls.follow(() -> stub.watchFleet(request), each, broken);
  }

  /** Lets a worker, {@code workers/{worker}}, finish what it runs and take no more. */
  public Worker quiet(String name) {
    QuietWorkerRequest request = QuietWorkerRequest.newBuilder().setName(name).build();
    return calls.repeatable(() -> timed().quietWorker(request));
  }

  /** Lets a quiet worker take jobs again. */
  public Worker resume(String name) {
    ResumeWorkerRequest request = ResumeWorkerRequest.newBuilder().setName(name).build();
    return calls.repeatable(() -> timed().resumeWorker(request));
  }

  /** Lets a worker finish what it runs and exit. */
  public Worker drain(String name) {
    DrainWorkerRequest request = DrainWorkerRequest.newBuilder().setName(name).build();
    return calls.once(() -> timed().drainWorker(request));
  }

  private FleetGrpc.FleetBlockingStub timed() {
    return stub.withDeadlineAfter(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
