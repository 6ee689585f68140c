package dev.scriptorium.server.fleet;

import dev.scriptorium.server.jobs.Dispatcher;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Worker;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.WorkerMessages;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connected workers. Thread-safe. */
public final class Fleet implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  private final Dispatcher dispatcher;
  private final FleetSettings settings;
  private final long incarnation;
  private final InstantSource clock;
  private final Set<WorkerSession> sessions = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fleet-tick").daemon().factory());

  /**
   * @param incarnation of this server, told to workers
   */
  public Fleet(
      Dispatcher dispatcher, FleetSettings settings, long incarnation, InstantSource clock) {
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.incarnation = incarnation;
    this.clock = clock;
  }

  /** Begins to watch for workers that have fallen silent. */
  public void start() {
    long period = settings.heartbeat().toMillis() / 2;
    var _ = ticks.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
  }

  /** Opens a stream; the worker has to speak first. */
  StreamObserver<WorkerMessages> connect(ServerCallStreamObserver<ServerMessages> stream) {
    WorkerSession session =
        new WorkerSession(this, dispatcher, stream, settings, incarnation, clock);
    sessions.add(session);
    stream.setOnCancelHandler(session::gone);
    return session;
  }

  /** A worker that comes back before its old stream was seen to break: the old one is over. */
  void supersede(WorkerSession newer) {
    for (WorkerSession older : sessions) {
      if (older != newer && older.isSameProcess(newer)) {
        older.close(unavailable("the worker has connected again"));
      }
    }
  }

  void forget(WorkerSession session) {
    sessions.remove(session);
  }

  /** Closes the streams of workers that were not heard of for too long. */
  void tick() {
    for (WorkerSession session : sessions) {
      Duration silent = session.silence();
      if (silent.compareTo(settings.silence()) > 0) {
        log.warn("worker {} was silent for {} ms", session.name(), silent.toMillis());
        session.close(unavailable("no heartbeat for " + silent.toMillis() + " ms"));
      }
    }
  }

  /** The workers, by name, with the order in which they had best be removed. */
  public List<Worker> workers() {
    return DrainOrder.number(
        sessions.stream().flatMap(session -> session.view().stream()).toList());
  }

  /** The worker of that name, when it is connected. */
  Optional<WorkerSession> find(String worker) {
    return sessions.stream().filter(session -> session.name().equals(worker)).findAny();
  }

  /** Ends all streams; workers go on with what they run and connect again. */
  @Override
  public void close() {
    ticks.shutdownNow();
    ApiException reason =
        new ApiException(
            ErrorReason.ERROR_REASON_SHUTTING_DOWN,
            "the server is shutting down; connect to another, or again later",
            Map.of(),
            Duration.ofSeconds(1));
    sessions.forEach(session -> session.close(reason));
  }

  private static RuntimeException unavailable(String message) {
    return io.grpc.Status.UNAVAILABLE.withDescription(message).asRuntimeException();
  }
}
