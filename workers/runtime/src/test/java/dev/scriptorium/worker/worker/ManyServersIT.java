package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.WorkDirectory;
import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.pool.PoolSettings;
import dev.scriptorium.worker.pool.RunnerSettings;
import dev.scriptorium.worker.pool.Sandbox;
import dev.scriptorium.worker.v1.Acknowledged;
import dev.scriptorium.worker.v1.Adopted;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Cancel;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Drain;
import dev.scriptorium.worker.v1.Fenced;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.Resume;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.WorkerMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One worker with a real runner, and two servers of one installation. */
class ManyServersIT {
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  private FakeServer first;
  private FakeServer second;
  private WorkDirectory directory;
  private Worker worker;

  @BeforeEach
  void start() throws Exception {
    first = new FakeServer(11, 0);
    second = new FakeServer(12, 0);
    directory = WorkDirectory.open(folder);
    worker = worker(first.address(), second.address());
    worker.start();
    first.await(WorkerMessage::hasHello);
    second.await(WorkerMessage::hasHello);
  }

  @AfterEach
  void stop() throws IOException {
    worker.close();
    directory.close();
    first.close();
    second.close();
  }

  @Test
  void theSlotsAreThoseOfAllServersTogether() {
    AttemptId running = first.offer("wait", offer -> {});
    first.await(progressOf(running));

    second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 0);
    second.offer("wait", offer -> {});

    assertThat(second.await(WorkerMessage::hasDecline).getDecline().getReason()).isEqualTo("full");
    cancel(first, running);
    second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
  }

  @Test
  void whoWasTurnedAwayComesFirstWhenThereIsRoomAgain() {
    AttemptId running = first.offer("wait", offer -> {});
    first.await(progressOf(running));
    second.offer("wait", offer -> {});
    assertThat(second.await(WorkerMessage::hasDecline).getDecline().getFull()).isTrue();

    cancel(first, running);
    second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
    first.offer("wait", offer -> {});
    assertThat(first.await(WorkerMessage::hasDecline).getDecline().getFull()).isTrue();
    AttemptId next = second.offer("wait", offer -> {});

    second.await(progressOf(next));
  }

  @Test
  void roomThatIsNotUsedByWhomItWasKeptForIsThereForAll() {
    AttemptId running = first.offer("wait", offer -> {});
    first.await(progressOf(running));
    second.offer("wait", offer -> {});
    second.await(WorkerMessage::hasDecline);

    cancel(first, running);

    first.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
    AttemptId next = first.offer("wait", offer -> {});
    first.await(progressOf(next));
  }

  @Test
  void theMemoryIsThatOfAllServersTogether() {
    AttemptId running = first.offer("wait", offer -> offer.setMemoryBytes(300 << 20));
    first.await(progressOf(running));

    var busy = second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getBusyRunners() == 1);
    cancel(first, running);
    var idle = second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getBusyRunners() == 0);

    assertThat(idle.getHeartbeat().getFreeMemoryBytes() - busy.getHeartbeat().getFreeMemoryBytes())
        .isEqualTo(300 << 20);
  }

  @Test
  void aRunningAttemptOfADeadServerIsFinishedForTheOneThatAdoptsIt() {
    AttemptId id = first.offer("partial", offer -> offer.setDeadlineMillis(8000));
    first.await(progressOf(id));

    first.close();
    second.await(orphanOf(id));
    adopt(second, id);

    second.await(progressOf(id));
    Complete complete = second.await(completeOf(id)).getComplete();
    assertThat(second.blobs).containsKey(complete.getResult().getSha256());
    acknowledge(second, id);
    second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
  }

  @Test
  void aFinishedResultThatNobodyAcknowledgedIsBroughtToTheServerThatAdoptsIt() {
    AttemptId id = first.offer("parse", "A line.");
    first.await(completeOf(id));

    first.close();
    second.await(orphanOf(id));
    adopt(second, id);

    Complete complete = second.await(completeOf(id)).getComplete();
    assertThat(second.blobs)
        .containsKeys(complete.getResult().getSha256(), complete.getPack().getSha256());
    acknowledge(second, id);
    second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getOrphansCount() == 0);
  }

  @Test
  void anOrphanWhoseEndIsKnownIsForgotten() {
    AttemptId id = first.offer("wait", offer -> {});
    first.await(progressOf(id));

    first.close();
    second.await(orphanOf(id));
    second.say(ServerMessage.newBuilder().setFenced(Fenced.newBuilder().setId(id)).build());

    var free = second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
    assertThat(free.getHeartbeat().getOrphansList()).isEmpty();
  }

  @Test
  void aServerThatCameBackAsAnotherIsToldInHelloAndAdopts() throws IOException {
    AttemptId id = first.offer("wait", offer -> {});
    first.await(progressOf(id));
    int port = first.port();
    first.close();

    try (FakeServer heir = new FakeServer(13, port)) {
      Hello hello = heir.await(WorkerMessage::hasHello).getHello();
      assertThat(hello.getHeldList()).containsExactly(id);
      adopt(heir, id);
      second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getOrphansCount() == 0);
      cancel(heir, id);
      second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
    }
  }

  @Test
  void aReportIsRepeatedWhileTheConnectionStands() {
    AttemptId id = first.offer("parse", "A line.");

    first.await(completeOf(id));
    first.await(completeOf(id));

    acknowledge(first, id);
  }

  @Test
  void aQuietWorkerTakesNothingFromAnyServerUntilItIsWoken() {
    first.say(ServerMessage.newBuilder().setDrain(Drain.getDefaultInstance()).build());
    var quiet = second.await(m -> m.hasHeartbeat() && m.getHeartbeat().getDraining());
    second.offer("parse", "A line.");
    var decline = second.await(WorkerMessage::hasDecline).getDecline();

    first.await(m -> m.hasHeartbeat() && m.getHeartbeat().getDraining());
    second.say(ServerMessage.newBuilder().setResume(Resume.getDefaultInstance()).build());
    first.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
    AttemptId id = first.offer("parse", "A line.");

    assertThat(quiet.getHeartbeat().getFreeSlots()).isZero();
    assertThat(decline.getReason()).isEqualTo("draining");
    first.await(completeOf(id));
    acknowledge(first, id);
  }

  @Test
  void aWorkerToldToEndFinishesFirstAndIsNotWokenAgain() {
    AttemptId id = first.offer("partial", offer -> offer.setDeadlineMillis(5000));
    first.await(WorkerMessage::hasAccept);

    second.say(
        ServerMessage.newBuilder().setDrain(Drain.newBuilder().setTerminate(true)).build(),
        ServerMessage.newBuilder().setResume(Resume.getDefaultInstance()).build());

    first.await(completeOf(id));
    assertThat(worker.end()).isNotDone();
    acknowledge(first, id);
    assertThat(worker.end()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(ExitCode.OK);
  }

  @Test
  void whatIsSaidInOneTurnComesInOneFrame() {
    first.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
    int before = first.frames();

    first.say(
        IntStream.rangeClosed(1, 500)
            .mapToObj(
                job ->
                    ServerMessage.newBuilder()
                        .setOffer(
                            Offer.newBuilder()
                                .setKind("sing")
                                .setId(AttemptId.newBuilder().setJob(job).setAttempt(1)))
                        .build())
            .toArray(ServerMessage[]::new));

    first.await(m -> m.hasDecline() && m.getDecline().getId().getJob() == 500);
    assertThat(first.frames() - before).isLessThan(20);
  }

  @Test
  void twoWaysToTheSameServerAreOneConnection(@TempDir Path other) throws Exception {
    try (WorkDirectory own = WorkDirectory.open(other)) {
      directory.close();
      worker.close();
      directory = own;
      worker = worker(first.address(), first.address().replace("127.0.0.1", "localhost"));
      worker.start();
      first.await(WorkerMessage::hasHello);
      first.await(WorkerMessage::hasHello);

      first.await(m -> m.hasHeartbeat() && first.streams() == 1);
      AttemptId id = first.offer("parse", "A line.");
      first.await(completeOf(id));
      acknowledge(first, id);
      assertThat(first.streams()).isEqualTo(1);
    }
  }

  private Worker worker(String... servers) throws IOException {
    RunnerSettings runners =
        RunnerSettings.of(
            WorkPlace.java(), WorkPlace.classPath(), directory.runners(), ByteSize.ofMebibytes(48));
    WorkerSettings settings =
        new WorkerSettings(
            List.of(servers),
            Encryption.NONE,
            FakeServer.KEY,
            "test",
            new PoolSettings(1, 1, 0, ByteSize.ofMebibytes(1216), Duration.ofSeconds(60)),
            Duration.ofSeconds(5),
            false);
    return new Worker(settings, runners, Sandbox.probe("auto"), directory);
  }

  private static Predicate<WorkerMessage> progressOf(AttemptId id) {
    return m -> m.hasProgress() && m.getProgress().getId().equals(id);
  }

  private static Predicate<WorkerMessage> completeOf(AttemptId id) {
    return m -> m.hasComplete() && m.getComplete().getId().equals(id);
  }

  private static Predicate<WorkerMessage> orphanOf(AttemptId id) {
    return m -> m.hasHeartbeat() && m.getHeartbeat().getOrphansList().contains(id);
  }

  private static void adopt(FakeServer server, AttemptId id) {
    server.say(ServerMessage.newBuilder().setAdopted(Adopted.newBuilder().setId(id)).build());
  }

  private static void acknowledge(FakeServer server, AttemptId id) {
    server.say(
        ServerMessage.newBuilder().setAcknowledged(Acknowledged.newBuilder().setId(id)).build());
  }

  private static void cancel(FakeServer server, AttemptId id) {
    server.say(ServerMessage.newBuilder().setCancel(Cancel.newBuilder().setId(id)).build());
  }
}
