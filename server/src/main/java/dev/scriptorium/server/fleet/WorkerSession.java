package dev.scriptorium.server.fleet;

import dev.scriptorium.server.jobs.Dispatcher;
import dev.scriptorium.server.jobs.schedule.JobClass;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.Worker;
import dev.scriptorium.worker.v1.AttemptProgress;
import dev.scriptorium.worker.v1.Decline;
import dev.scriptorium.worker.v1.Heartbeat;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.Welcome;
import dev.scriptorium.worker.v1.WorkerMessage;
import dev.scriptorium.worker.v1.WorkerMessages;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's stream. What the worker says comes in order, one message at a time; what is said to
 * it may come from any thread.
 */
final class WorkerSession implements StreamObserver<WorkerMessages> {
  private static final Logger log = LoggerFactory.getLogger(WorkerSession.class);
  private static final int PROTOCOL = 1;
  private static final int MAX_NAME = 100;
  private static final int MAX_HELD = 10_000;

  private final Fleet fleet;
  private final Dispatcher dispatcher;
  private final FleetSettings settings;
  private final long incarnation;
  private final InstantSource clock;

  private final WorkerStream stream;

  // Guards the seat against a stream that ends while the worker is being seated.
  private final Object seating = new Object();
  private boolean over;

  private volatile Instant heardAt;
  private volatile @Nullable Guest guest;
  private volatile Heartbeat heartbeat = Heartbeat.getDefaultInstance();
  private volatile Worker.State ordered = Worker.State.STATE_ACTIVE;
  private final Instant connectedAt;

  /** A worker that has said Hello and has a seat. */
  private record Guest(Hello hello, long seat) {}

  WorkerSession(
      Fleet fleet,
      Dispatcher dispatcher,
      StreamObserver<ServerMessages> stream,
      FleetSettings settings,
      long incarnation,
      InstantSource clock) {
    this.fleet = fleet;
    this.dispatcher = dispatcher;
    this.stream = new WorkerStream(stream);
    this.settings = settings;
    this.incarnation = incarnation;
    this.clock = clock;
    this.heardAt = clock.instant();
    this.connectedAt = heardAt;
  }

  // ---- from the worker

  @Override
  public void onNext(WorkerMessages frame) {
    heardAt = clock.instant();
    List<WorkerMessage> messages = frame.getMessagesList();
    int next = 0;
    if (!messages.isEmpty() && messages.getFirst().hasHello()) {
      heard(messages.getFirst());
      next = 1;
    }
    List<WorkerMessage> others = messages.subList(next, messages.size());
    // What may ask the database must not hold up the queue meanwhile.
    dispatcher.together(() -> others.stream().filter(m -> !mayAsk(m)).forEach(this::heard));
    others.stream().filter(WorkerSession::mayAsk).forEach(this::heard);
    stream.flush();
  }

  private static boolean mayAsk(WorkerMessage message) {
    return message.hasComplete()
        || message.hasFail()
        || (message.hasHeartbeat() && message.getHeartbeat().getOrphansCount() > 0);
  }

  private void heard(WorkerMessage message) {
    try {
      if (message.hasHello()) {
        hello(message.getHello());
      } else {
        heard(message, greeted());
      }
    } catch (IllegalArgumentException e) {
      log.warn("worker {} breaks the protocol: {}", name(), e.getMessage());
      close(InvalidField.of("message", message.getMessageCase(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      close(e);
    }
  }

  private Guest greeted() {
    Guest known = guest;
    if (known == null) {
      throw new IllegalArgumentException("Hello first");
    }
    return known;
  }

  private void hello(Hello hello) {
    check(hello);
    stream.welcome(
        Welcome.newBuilder()
            .setServer(settings.serverName())
            .setIncarnation(incarnation)
            .setHeartbeatMillis(settings.heartbeat().toMillis())
            .build());
    List<JobClass> abilities =
        hello.getCapabilitiesList().stream()
            .map(can -> new JobClass(can.getKind(), can.getMediaType()))
            .toList();
    long seat =
        dispatcher.join(
            stream,
            hello.getWorker(),
            abilities,
            Math.max(0, hello.getMemoryBudgetBytes()),
            hello.getHeldList());
    synchronized (seating) {
      guest = new Guest(hello, seat);
      if (over) {
        dispatcher.leave(seat);
      }
    }
    fleet.supersede(this);
    // Only now: a worker that has been welcomed may connect again, and that stream must not be
    // ended for this one.
    stream.open();
    log.info(
        "worker {} {} connected: {} runners at most, sandbox {}, holds {} attempts",
        hello.getWorker(),
        hello.getVersion(),
        hello.getMaxRunners(),
        hello.getSandbox(),
        hello.getHeldCount());
  }

  private void check(Hello hello) {
    if (guest != null) {
      throw new IllegalArgumentException("Hello only once");
    }
    if (hello.getProtocol() != PROTOCOL) {
      throw new IllegalArgumentException("protocol " + hello.getProtocol() + " is not " + PROTOCOL);
    }
    if (hello.getWorker().isEmpty() || hello.getWorker().length() > MAX_NAME) {
      throw new IllegalArgumentException("a worker's name has 1 to " + MAX_NAME + " characters");
    }
    if (hello.getHeldCount() > MAX_HELD) {
      throw new IllegalArgumentException("at most " + MAX_HELD + " held attempts");
    }
  }

  private void heard(WorkerMessage message, Guest who) {
    long seat = who.seat;
    String worker = who.hello.getWorker();
    switch (message.getMessageCase()) {
      case HEARTBEAT -> heartbeat(seat, message.getHeartbeat());
      case ACCEPT -> dispatcher.accept(seat, message.getAccept().getId());
      case DECLINE -> decline(seat, worker, message.getDecline());
      case PROGRESS -> progress(seat, message.getProgress());
      case COMPLETE -> keptOrClosed(dispatcher.complete(seat, worker, message.getComplete()));
      case FAIL -> keptOrClosed(dispatcher.fail(seat, worker, message.getFail()));
      case CHECKPOINT -> dispatcher.checkpoint(seat, message.getCheckpoint());
      case HELLO, MESSAGE_NOT_SET -> throw new IllegalArgumentException("nothing is said");
    }
  }

  private void heartbeat(long seat, Heartbeat now) {
    heartbeat = now;
    dispatcher.heartbeat(seat, now.getFreeSlots(), now.getFreeMemoryBytes());
    if (now.getOrphansCount() > MAX_HELD) {
      throw new IllegalArgumentException("at most " + MAX_HELD + " orphans");
    }
    dispatcher.orphans(seat, now.getOrphansList());
  }

  private void decline(long seat, String worker, Decline decline) {
    log.debug("worker {} declines: {}", worker, decline.getReason());
    if (decline.getFull()) {
      dispatcher.full(seat, decline.getId());
    } else {
      dispatcher.decline(seat, decline.getId());
    }
  }

  private void progress(long seat, AttemptProgress progress) {
    dispatcher.progress(seat, progress.getId(), progress.getPercent(), progress.getActivity());
  }

  // The worker keeps what is not acknowledged, and says it again when it has connected again.
  private void keptOrClosed(boolean kept) {
    if (!kept) {
      close(Status.UNAVAILABLE.withDescription("too much waits to be written").asException());
    }
  }

  @Override
  public void onError(Throwable broken) {
    log.info("stream of worker {} broke: {}", name(), broken.getMessage());
    gone();
  }

  @Override
  public void onCompleted() {
    stream.complete();
    gone();
  }

  /** The stream is over, for whatever reason. */
  void gone() {
    stream.forget();
    Guest leaving;
    synchronized (seating) {
      if (over) {
        return;
      }
      over = true;
      leaving = guest;
    }
    fleet.forget(this);
    if (leaving != null) {
      dispatcher.leave(leaving.seat);
    }
  }

  /** Ends the stream from this side. */
  void close(Throwable reason) {
    stream.fail(reason);
    gone();
  }

  // ---- about the worker

  /** Time since it last said something. */
  Duration silence() {
    return Duration.between(heardAt, clock.instant());
  }

  /** Its name; {@code ?} before it has said it. */
  String name() {
    Guest known = guest;
    return known == null ? "?" : known.hello.getWorker();
  }

  boolean isSameProcess(WorkerSession other) {
    Guest one = guest;
    Guest two = other.guest;
    return one != null
        && two != null
        && one.hello.getWorker().equals(two.hello.getWorker())
        && one.hello.getIncarnation().equals(two.hello.getIncarnation());
  }

  /** What operators see; empty before it has said who it is. */
  Optional<Worker> view() {
    Guest known = guest;
    if (known == null) {
      return Optional.empty();
    }
    return Optional.of(
        WorkerDescription.of(
            known.hello, heartbeat, state(), connectedAt, dispatcher.attempts(known.seat)));
  }

  private Worker.State state() {
    Worker.State told = ordered;
    // Told by another server, or by a signal.
    return told == Worker.State.STATE_ACTIVE && heartbeat.getDraining()
        ? Worker.State.STATE_QUIET
        : told;
  }

  // ---- orders

  /** Lets the worker finish what it runs and take no more. */
  void quiet() {
    if (ordered == Worker.State.STATE_ACTIVE) {
      ordered = Worker.State.STATE_QUIET;
    }
    stream.drain(false);
  }

  /** Lets it take jobs again, unless it was told to exit. */
  void resume() {
    if (ordered == Worker.State.STATE_QUIET) {
      ordered = Worker.State.STATE_ACTIVE;
    }
    stream.resume();
  }

  /** Lets the worker finish what it runs and exit. */
  void drain() {
    ordered = Worker.State.STATE_DRAINING;
    stream.drain(true);
  }
}
