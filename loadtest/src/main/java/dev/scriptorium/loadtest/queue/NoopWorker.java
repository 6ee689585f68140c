package dev.scriptorium.loadtest.queue;

import com.google.protobuf.ByteString;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A worker whose jobs are done as soon as they are offered. Ends when its stream does. */
@Command(name = "noop-worker", hidden = true, description = "Takes every job and does nothing.")
public final class NoopWorker implements Callable<Integer> {
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_MESSAGES = 1000;
  private static final int WINDOW_BYTES = 4 << 20;

  @Option(names = "--server", required = true, description = "Host and port.")
  private String server = "";

  @Option(names = "--key-file", required = true, description = "File with the worker's key.")
  private Path keyFile = Path.of("");

  @Option(names = "--tally", required = true, description = "File shared with who measures.")
  private Path tallyFile = Path.of("");

  @Option(names = "--name", defaultValue = "noop", description = "Name of the worker.")
  private String name = "noop";

  @Override
  public Integer call() throws IOException, InterruptedException {
    work(server, Files.readString(keyFile).strip(), new Tally(tallyFile), name);
    return 0;
  }

  /** Works until its stream ends. */
  static void work(String server, String key, Tally tally, String name)
      throws InterruptedException {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(server)
            .usePlaintext()
            .directExecutor()
            .flowControlWindow(WINDOW_BYTES)
            .build();
    Session session = new Session(tally);
    session.open(
        WorkGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .withWaitForReady()
            .connect(session),
        name);
    try (var ticks = Executors.newSingleThreadScheduledExecutor()) {
      var _ = ticks.scheduleWithFixedDelay(session::tick, 2, 2, TimeUnit.MILLISECONDS);
      session.over.await();
      ticks.shutdownNow();
    }
    channel.shutdownNow();
  }

  /** One stream. Offers come on the connection's thread, which is never made to wait. */
  private static final class Session implements StreamObserver<ServerMessages> {
    final CountDownLatch over = new CountDownLatch(1);
    private final Tally tally;
    private StreamObserver<WorkerMessages> out = new Unconnected();
    private long slots;
    private long held;
    private long saidAt;
    private int turn;
    private long endedAt;

    Session(Tally tally) {
      this.tally = tally;
    }

    synchronized void open(StreamObserver<WorkerMessages> stream, String name) {
      out = stream;
      Hello.Builder hello =
          Hello.newBuilder()
              .setProtocol(1)
              .setWorker(name)
              .setIncarnation(Long.toString(ProcessHandle.current().pid()))
              .setVersion("0")
              .addCapabilities(Capability.newBuilder().setKind("noop").setMediaType("*"))
              .setMemoryBudgetBytes(1L << 50)
              .setMaxRunners(10_000)
              .setSandbox("none");
      out.onNext(
          WorkerMessages.newBuilder()
              .addMessages(WorkerMessage.newBuilder().setHello(hello))
              .build());
      heartbeat();
    }

    synchronized void tick() {
      long wanted = tally.get(Tally.Count.SLOTS);
      if (wanted != slots) {
        slots = wanted;
        turn = 0;
        heartbeat();
      } else if (System.nanoTime() - saidAt > HEARTBEAT_NANOS) {
        heartbeat();
      }
    }

    private void heartbeat() {
      out.onNext(WorkerMessages.newBuilder().addMessages(state()).build());
    }

    private WorkerMessage.Builder state() {
      saidAt = System.nanoTime();
      return WorkerMessage.newBuilder()
          .setHeartbeat(
              Heartbeat.newBuilder()
                  .setFreeSlots((int) Math.max(0, slots - held))
                  .setFreeMemoryBytes(1L << 50)
                  .setRunners((int) slots)
                  .setBusyRunners((int) held));
    }

    @Override
    public synchronized void onNext(ServerMessages frame) {
      long committed = 0;
      long fenced = 0;
      WorkerMessages.Builder answer = WorkerMessages.newBuilder();
      for (ServerMessage message : frame.getMessagesList()) {
        switch (message.getMessageCase()) {
          case OFFER -> take(message.getOffer(), answer);
          case ACKNOWLEDGED -> {
            committed++;
            endedAt = System.nanoTime();
          }
          case FENCED -> fenced++;
          default -> {}
        }
        if (answer.getMessagesCount() >= MOST_MESSAGES) {
          out.onNext(answer.build());
          answer = WorkerMessages.newBuilder();
        }
      }
      held -= committed + fenced;
      tally.add(Tally.Count.COMMITTED, committed);
      tally.add(Tally.Count.FENCED, fenced);
      if (committed + fenced > 0) {
        // Only what a worker says is free is offered again.
        answer.addMessages(state());
      }
      if (answer.getMessagesCount() > 0) {
        out.onNext(answer.build());
      }
    }

    private void take(Offer offer, WorkerMessages.Builder answer) {
      ByteString payload = offer.getPayload();
      if (!payload.isEmpty()) {
        tally.start(payload.asReadOnlyByteBuffer().getInt(), System.nanoTime());
      } else if (slots == 1 && turn < Tally.SAMPLES) {
        // With one slot what counts is the time since the last job was done with.
        tally.start(++turn, System.nanoTime() - endedAt);
      }
      tally.add(Tally.Count.STARTED, 1);
      held++;
      answer.addMessages(
          WorkerMessage.newBuilder().setComplete(Complete.newBuilder().setId(offer.getId())));
    }

    @Override
    public void onError(Throwable broken) {
      over.countDown();
    }

    @Override
    public void onCompleted() {
      over.countDown();
    }
  }

  /** Before there is a stream. */
  private record Unconnected() implements StreamObserver<WorkerMessages> {
    @Override
    public void onNext(WorkerMessages value) {
      throw new IllegalStateException("not connected");
    }

    @Override
    public void onError(Throwable broken) {
      throw new IllegalStateException("not connected", broken);
    }

    @Override
    public void onCompleted() {
      throw new IllegalStateException("not connected");
    }
  }
}
