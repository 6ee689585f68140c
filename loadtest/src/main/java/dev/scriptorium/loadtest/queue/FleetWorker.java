package dev.scriptorium.loadtest.queue;

import dev.scriptorium.worker.v1.Accept;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Capability;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Heartbeat;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.WorkGrpc;
import dev.scriptorium.worker.v1.WorkerMessage;
import dev.scriptorium.worker.v1.WorkerMessages;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A worker whose jobs only take time. It keeps what it holds when its stream breaks, comes back,
 * and says again what was not acknowledged. Thread-safe.
 */
final class FleetWorker {
  private static final long MEMORY = 4L << 30;
  private static final int LONGEST_JOB = 200;
  private static final int RETRY_MILLIS = 200;
  private static final int AWAY_MILLIS = 2000;

  private final String name;
  private final int slots;
  private final RandomGenerator random;
  private final FleetBoard board;
  private final ScheduledExecutorService timer;
  private final ManagedChannel channel;
  private final WorkGrpc.WorkStub work;

  // Attempts that run, or whose end is not acknowledged; true: it has ended.
  private final Map<AttemptId, Boolean> held = new HashMap<>();

  // When slots became free that wait for a job.
  private final Deque<Long> freeSince = new ArrayDeque<>();
  private @Nullable Stream stream;
  private boolean closed;

  FleetWorker(
      String name,
      String server,
      String key,
      int slots,
      RandomGenerator random,
      FleetBoard board,
      ScheduledExecutorService timer) {
    this.name = name;
    this.slots = slots;
    this.random = random;
    this.board = board;
    this.timer = timer;
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    channel = NettyChannelBuilder.forTarget(server).usePlaintext().directExecutor().build();
    work =
        WorkGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  synchronized void connect() {
    if (closed) {
      return;
    }
    channel.resetConnectBackoff();
    Stream next = new Stream();
    stream = next;
    next.out = work.connect(next);
    Hello.Builder hello =
        Hello.newBuilder()
            .setProtocol(1)
            .setWorker(name)
            .setIncarnation(name)
            .setVersion("0")
            .addCapabilities(Capability.newBuilder().setKind("noop").setMediaType("*"))
            .setMemoryBudgetBytes(MEMORY)
            .setMaxRunners(slots)
            .setSandbox("none")
            .addAllHeld(held.keySet());
    next.say(
        List.of(
            WorkerMessage.newBuilder().setHello(hello).build(),
            WorkerMessage.newBuilder().setHeartbeat(heartbeat()).build()));
  }

  private Heartbeat heartbeat() {
    int busy = (int) held.values().stream().filter(ended -> !ended).count();
    return Heartbeat.newBuilder()
        .setFreeSlots(slots - busy)
        .setFreeMemoryBytes(MEMORY)
        .setRunners(slots)
        .setBusyRunners(busy)
        .build();
  }

  /** Breaks its stream, and comes back. */
  synchronized void leaveForAWhile() {
    Stream now = stream;
    if (now != null && now.welcomed) {
      board.add(FleetBoard.Count.LEFT, 1);
      now.over(random.nextInt(AWAY_MILLIS));
      now.cancel();
    }
  }

  synchronized void close() {
    closed = true;
    channel.shutdownNow();
  }

  private synchronized void take(Stream from, Offer offer) {
    if (from != stream) {
      return;
    }
    AttemptId id = offer.getId();
    held.put(id, false);
    board.add(FleetBoard.Count.STARTED, 1);
    Long since = freeSince.poll();
    int millis = 2 + random.nextInt(LONGEST_JOB - 1);
    if (!offer.getPayload().isEmpty()) {
      long sent = offer.getPayload().asReadOnlyByteBuffer().getLong();
      board.took(FleetBoard.Delay.PICKUP, System.nanoTime() - sent);
      millis = 0;
    } else if (since != null) {
      board.took(FleetBoard.Delay.REFILL, System.nanoTime() - since);
    }
    from.say(List.of(WorkerMessage.newBuilder().setAccept(Accept.newBuilder().setId(id)).build()));
    later(millis, () -> end(id));
  }

  private synchronized void end(AttemptId id) {
    if (held.containsKey(id)) {
      held.put(id, true);
      freeSince.add(System.nanoTime());
      Stream now = stream;
      if (now != null && now.welcomed) {
        now.say(
            List.of(complete(id), WorkerMessage.newBuilder().setHeartbeat(heartbeat()).build()));
      }
    }
  }

  private static WorkerMessage complete(AttemptId id) {
    return WorkerMessage.newBuilder().setComplete(Complete.newBuilder().setId(id)).build();
  }

  private synchronized void adopted(Stream from, AttemptId id) {
    if (Boolean.TRUE.equals(held.get(id))) {
      from.say(List.of(complete(id)));
    }
  }

  private synchronized void forget(AttemptId id, FleetBoard.Count count) {
    if (held.remove(id) != null) {
      board.add(count, 1);
    }
  }

  private void later(long millis, Runnable task) {
    if (!timer.isShutdown()) {
      var _ = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** One stream. */
  private final class Stream implements StreamObserver<ServerMessages> {
    @Nullable StreamObserver<WorkerMessages> out;
    boolean welcomed;
    private boolean over;

    void say(List<WorkerMessage> messages) {
      if (out != null && !over) {
        out.onNext(WorkerMessages.newBuilder().addAllMessages(messages).build());
      }
    }

    void cancel() {
      if (out != null) {
        out.onError(new CancellationException("leaves for a while"));
      }
    }

    @Override
    public void onNext(ServerMessages frame) {
      for (ServerMessage message : frame.getMessagesList()) {
        switch (message.getMessageCase()) {
          case WELCOME -> welcomed(message.getWelcome().getHeartbeatMillis());
          case OFFER -> take(this, message.getOffer());
          case ACKNOWLEDGED ->
              forget(message.getAcknowledged().getId(), FleetBoard.Count.COMMITTED);
          case FENCED -> forget(message.getFenced().getId(), FleetBoard.Count.FENCED);
          case CANCEL -> forget(message.getCancel().getId(), FleetBoard.Count.FENCED);
          case ADOPTED -> adopted(this, message.getAdopted().getId());
          case DRAIN, RESUME, MESSAGE_NOT_SET -> {}
        }
      }
    }

    private void welcomed(long heartbeatMillis) {
      synchronized (FleetWorker.this) {
        if (!over) {
          welcomed = true;
          board.add(FleetBoard.Count.CONNECTED, 1);
          board.add(FleetBoard.Count.WELCOMED, 1);
          tick(heartbeatMillis);
        }
      }
    }

    private void tick(long heartbeatMillis) {
      later(
          heartbeatMillis,
          () -> {
            synchronized (FleetWorker.this) {
              if (!over) {
                say(List.of(WorkerMessage.newBuilder().setHeartbeat(heartbeat()).build()));
                tick(heartbeatMillis);
              }
            }
          });
    }

    /** Nothing more is said here; after a while there is another stream. */
    void over(int awayMillis) {
      synchronized (FleetWorker.this) {
        if (over) {
          return;
        }
        over = true;
        if (welcomed) {
          board.add(FleetBoard.Count.CONNECTED, -1);
        }
        freeSince.clear();
        later(awayMillis, FleetWorker.this::connect);
      }
    }

    @Override
    public void onError(Throwable broken) {
      over(random.nextInt(RETRY_MILLIS));
    }

    @Override
    public void onCompleted() {
      over(random.nextInt(RETRY_MILLIS));
    }
  }
}
