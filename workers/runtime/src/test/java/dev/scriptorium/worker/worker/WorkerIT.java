package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.WorkDirectory;
import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.pack.ResultReader;
import dev.scriptorium.worker.pool.PoolSettings;
import dev.scriptorium.worker.pool.RunnerSettings;
import dev.scriptorium.worker.pool.Sandbox;
import dev.scriptorium.worker.v1.Acknowledged;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Cancel;
import dev.scriptorium.worker.v1.Fail;
import dev.scriptorium.worker.v1.Fenced;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.WorkerMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A worker with a real runner, against a server that plays a part. */
class WorkerIT {
  private static FakeServer server;
  private static WorkDirectory directory;
  private static Worker worker;
  private static Hello hello;

  @BeforeAll
  static void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws Exception {
    server = new FakeServer();
    directory = WorkDirectory.open(folder);
    worker = worker(directory, FakeServer.KEY);
    worker.start();
    hello = server.await(WorkerMessage::hasHello).getHello();
  }

  @AfterAll
  static void stop() throws IOException {
    worker.close();
    directory.close();
    server.close();
  }

  @Test
  void theWorkerIntroducesItself() {
    assertThat(hello.getProtocol()).isEqualTo(1);
    assertThat(hello.getWorker()).isEqualTo("test");
    assertThat(hello.getMaxRunners()).isEqualTo(1);
    assertThat(hello.getMemoryBudgetBytes()).isEqualTo(1L << 30);
    assertThat(hello.getSandbox()).isIn("bwrap", "setpriv", "none");
    assertThat(hello.getCapabilitiesList()).extracting("kind").contains("parse", "analyze");
  }

  @Test
  void anOfferIsAcceptedDoneStoredAndForgottenWhenAcknowledged() throws IOException {
    AttemptId id = server.offer("parse", "A line.\n".repeat(5000));

    assertThat(server.await(WorkerMessage::hasAccept).getAccept().getId()).isEqualTo(id);
    var complete = server.await(WorkerMessage::hasComplete).getComplete();
    assertThat(complete.getId()).isEqualTo(id);
    assertThat(complete.getUsage().getPeakMemoryBytes()).isPositive();
    byte[] result = Objects.requireNonNull(server.blobs.get(complete.getResult().getSha256()));
    assertThat(result).hasSize((int) complete.getResult().getSizeBytes());
    assertThat(items(result)).isEqualTo(1 + 5000 + 1);
    assertThat(server.blobs).containsKey(complete.getPack().getSha256());
    acknowledge(id);
    awaitNoFiles();
  }

  @Test
  void aCrashIsReportedWithItsCause() {
    AttemptId id = server.offer("fill-heap", "A line.");

    Fail fail = awaitFail(id);

    assertThat(fail.getEnding()).isEqualTo(Ending.ENDING_CRASHED);
    assertThat(fail.getCause()).isEqualTo("OOM_HEAP");
    assertThat(fail.getRetryable()).isTrue();
    assertThat(fail.getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_RUNNER_CRASHED);
    assertThat(fail.getFailure().getMessage()).startsWith("book.txt: ");
    acknowledge(id);
    finishes("parse");
  }

  @Test
  void anExpectedNoIsReportedAsTheHandlerSaidIt() {
    AttemptId id = server.offer("refuse", "A line.");

    Fail fail = awaitFail(id);

    assertThat(fail.getEnding()).isEqualTo(Ending.ENDING_FAILED);
    assertThat(fail.getRetryable()).isFalse();
    assertThat(fail.getFailure().getLimit()).isEqualTo("entries=10");
    acknowledge(id);
  }

  @Test
  void aRunningAttemptIsHeldOverABrokenStreamAndReportedAfterwards() {
    AttemptId id = server.offer("wait", "A line.");
    server.await(m -> m.hasProgress() && m.getProgress().getId().equals(id));

    server.breakStream();

    Hello again = server.await(WorkerMessage::hasHello).getHello();
    assertThat(again.getHeldList()).containsExactly(id);
    assertThat(again.getIncarnation()).isEqualTo(hello.getIncarnation());
    cancel(id);
    finishes("parse");
  }

  @Test
  void aReportIsRepeatedUntilItIsAcknowledged() {
    AttemptId id = server.offer("parse", "A line.");
    server.await(m -> m.hasComplete() && m.getComplete().getId().equals(id));

    server.breakStream();

    assertThat(server.await(WorkerMessage::hasHello).getHello().getHeldList()).containsExactly(id);
    server.await(m -> m.hasComplete() && m.getComplete().getId().equals(id));
    acknowledge(id);
    server.breakStream();
    assertThat(server.await(WorkerMessage::hasHello).getHello().getHeldList()).isEmpty();
    finishes("parse");
  }

  @Test
  void anUploadIsTriedAgainUntilTheServerTakesIt() {
    server.refuseUploads(2);

    finishes("parse");
  }

  @Test
  void aFencedAttemptIsStoppedAndItsFilesAreGone() {
    AttemptId id = server.offer("wait", "A line.");
    server.await(m -> m.hasProgress() && m.getProgress().getId().equals(id));

    server.say(ServerMessage.newBuilder().setFenced(Fenced.newBuilder().setId(id)).build());

    awaitNoFiles();
    finishes("parse");
  }

  @Test
  void aCancelledAttemptThatDoesNotListenIsKilled() {
    AttemptId id = server.offer("hang", "A line.");
    server.await(m -> m.hasProgress() && m.getProgress().getId().equals(id));

    cancel(id);

    finishes("parse");
    awaitNoFiles();
  }

  @Test
  void whatCannotBeDoneIsDeclinedWithTheReason() {
    AttemptId running = server.offer("wait", "A line.");
    server.await(m -> m.hasProgress() && m.getProgress().getId().equals(running));

    AttemptId unknown = server.offer("sing", "A line.");
    var first = server.await(WorkerMessage::hasDecline).getDecline();
    AttemptId second = server.offer("parse", "A line.");
    var other = server.await(WorkerMessage::hasDecline).getDecline();

    assertThat(first.getId()).isEqualTo(unknown);
    assertThat(first.getReason()).isEqualTo("unknown kind");
    assertThat(other.getId()).isEqualTo(second);
    assertThat(other.getReason()).isEqualTo("full");
    cancel(running);
    server.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
  }

  @Test
  void anInputThatIsNotWhatWasPromisedFailsTheAttempt() {
    AttemptId id = server.offer("parse", new byte[] {1, 2, 3}, "0".repeat(64));

    Fail fail = awaitFail(id);

    assertThat(fail.getRetryable()).isTrue();
    assertThat(fail.getFailure().getMessage()).contains("damaged");
    acknowledge(id);
  }

  @Test
  void aJobWithoutABookSeesPayloadCheckpointAndItsNumber() throws IOException {
    AttemptId id =
        server.offer(
            "echo",
            offer ->
                offer
                    .setPayload(ByteString.copyFromUtf8("p"))
                    .setCheckpoint(ByteString.copyFromUtf8("c"))
                    .setId(offer.getId().toBuilder().setAttempt(3)));

    var complete = server.await(m -> m.hasComplete()).getComplete();

    byte[] result = Objects.requireNonNull(server.blobs.get(complete.getResult().getSha256()));
    try (ResultReader reader = new ResultReader(new ByteArrayInputStream(result))) {
      assertThat(reader.next().orElseThrow().getMetadata().getTitle())
          .isEqualTo("p|c|%d|3".formatted(id.getJob()));
    }
    acknowledge(id);
  }

  @Test
  void theLatestCheckpointComesBeforeTheFailure() {
    AttemptId id = server.offer("save", offer -> {});

    List<String> states = new ArrayList<>();
    Fail fail =
        server
            .await(
                m -> {
                  if (m.hasCheckpoint() && m.getCheckpoint().getId().equals(id)) {
                    states.add(m.getCheckpoint().getState().toStringUtf8());
                  }
                  return m.hasFail() && m.getFail().getId().equals(id);
                })
            .getFail();

    assertThat(states).startsWith("step 1").endsWith("step 1000").hasSizeLessThan(10);
    assertThat(fail.getFailure().getMessage()).isEqualTo("saved\uFFFD enough");
    acknowledge(id);
  }

  @Test
  void aDependencyThatIsToBlameIsNamed() {
    AttemptId id = server.offer("depend", offer -> {});

    Fail fail = awaitFail(id);

    assertThat(fail.getDependency()).isEqualTo("ocr");
    assertThat(fail.getRetryable()).isTrue();
    assertThat(fail.getFailure().getMessage()).isEqualTo("ocr failed: no answer within 5 s");
    acknowledge(id);
  }

  @Test
  void aKeyThatTheServerDoesNotKnowEndsTheWorker(@TempDir Path folder) throws Exception {
    try (WorkDirectory own = WorkDirectory.open(folder)) {
      Worker refused = worker(own, "scr_worker_other_secret");
      refused.start();

      assertThat(refused.end())
          .succeedsWithin(Duration.ofSeconds(60))
          .isEqualTo(ExitCode.KEY_REFUSED);
      refused.close();
    }
  }

  private static Worker worker(WorkDirectory directory, String key) throws IOException {
    RunnerSettings runners =
        RunnerSettings.of(
            WorkPlace.java(), WorkPlace.classPath(), directory.runners(), ByteSize.ofMebibytes(48));
    WorkerSettings settings =
        new WorkerSettings(
            List.of(server.address()),
            Encryption.NONE,
            key,
            "test",
            new PoolSettings(1, 1, 0, ByteSize.ofMebibytes(1216), Duration.ofSeconds(60)),
            Duration.ofSeconds(5),
            false);
    return new Worker(settings, runners, Sandbox.probe("auto"), directory);
  }

  private static void finishes(String kind) {
    server.await(m -> m.hasHeartbeat() && m.getHeartbeat().getFreeSlots() == 1);
    AttemptId id = server.offer(kind, "A line.");
    server.await(m -> m.hasComplete() && m.getComplete().getId().equals(id));
    acknowledge(id);
  }

  private static Fail awaitFail(AttemptId id) {
    return server.await(m -> m.hasFail() && m.getFail().getId().equals(id)).getFail();
  }

  private static void acknowledge(AttemptId id) {
    server.say(
        ServerMessage.newBuilder().setAcknowledged(Acknowledged.newBuilder().setId(id)).build());
  }

  private static void cancel(AttemptId id) {
    server.say(ServerMessage.newBuilder().setCancel(Cancel.newBuilder().setId(id)).build());
  }

  /** Heartbeats come five times a second: so many that the files had time to go. */
  private static void awaitNoFiles() {
    for (int beats = 0; beats < 100; beats++) {
      if (noFiles()) {
        return;
      }
      server.await(WorkerMessage::hasHeartbeat);
    }
    assertThat(noFiles()).as("files of ended attempts").isTrue();
  }

  private static boolean noFiles() {
    try (var jobs = Files.list(directory.jobs());
        var inRunners = Files.find(directory.runners(), 2, (p, a) -> p.endsWith("job"))) {
      return jobs.findAny().isEmpty() && inRunners.findAny().isEmpty();
    } catch (IOException | java.io.UncheckedIOException e) {
      // A folder went away while it was being read.
      return false;
    }
  }

  private static int items(byte[] result) throws IOException {
    int items = 0;
    try (ResultReader reader = new ResultReader(new ByteArrayInputStream(result))) {
      while (reader.next().isPresent()) {
        items++;
      }
    }
    return items;
  }
}
