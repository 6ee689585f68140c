package dev.scriptorium.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.Await;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.TestEngine;
import dev.scriptorium.v1.DrainWorkerRequest;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.GetJobRequest;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.QuietWorkerRequest;
import dev.scriptorium.v1.ResumeWorkerRequest;
import dev.scriptorium.v1.RunningAttempt;
import dev.scriptorium.v1.WatchFleetRequest;
import dev.scriptorium.v1.WatchFleetResponse;
import dev.scriptorium.v1.WatchJobRequest;
import dev.scriptorium.v1.WatchJobResponse;
import dev.scriptorium.v1.Worker;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.Drain;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.WorkerMessage;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The worker's side of the wire, with a client that speaks it and a queue on a real database. */
@Timeout(60)
class WorkStreamTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir static Path folder;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @SuppressWarnings("NullAway.Init")
  private FleetRig rig;

  @BeforeAll
  static void createTable() throws SQLException {
    TestEngine.createEffects(database);
  }

  @BeforeEach
  void open() throws Exception {
    rig = new FleetRig(database, folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private TestWorker connect(String incarnation, AttemptId... held) throws Exception {
    TestWorker worker = new TestWorker(rig.channel());
    worker.hello("w", incarnation, held);
    assertThat(worker.next().getWelcome().getServer()).isEqualTo("server-1");
    return worker;
  }

  private Job enqueue() {
    return rig.test().enqueue(TestEngine.job(rig.owner(), "parse")).getFirst();
  }

  private dev.scriptorium.v1.Job get(long id) {
    return JobsGrpc.newBlockingStub(rig.channel())
        .getJob(GetJobRequest.newBuilder().setName("jobs/" + id).build());
  }

  @Test
  void anAttemptIsOfferedFetchedStoredAndAcknowledged() throws Exception {
    TestWorker worker = connect("1");
    worker.heartbeat(1);
    Job job = enqueue();

    Offer offer = worker.next().getOffer();
    AttemptId id = offer.getId();
    worker.accept(id);
    String input = worker.download(id, 0);
    BlobRef result = TestWorker.ref("ok");
    assertThat(worker.upload(id, result, "ok").getBlob()).isEqualTo(result);
    worker.complete(id, result);

    assertThat(worker.next().getAcknowledged().getId()).isEqualTo(id);
    assertThat(input).isEqualTo("a book");
    assertThat(offer.getInputs(0).getKind()).isEqualTo(Input.Kind.KIND_BOOK_FILE);
    assertThat(offer.getInputs(0).getSha256()).isEqualTo(TestWorker.ref("a book").getSha256());
    assertThat(offer.getFileName()).isEqualTo("book.txt");
    assertThat(offer.getDeadlineMillis()).isEqualTo(600_000);
    dev.scriptorium.v1.Job done = get(job.id());
    assertThat(done.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(done.getAttempts(0).getWorker()).isEqualTo("w");
    assertThat(done.getAttempts(0).hasStartTime()).isTrue();
  }

  @Test
  void aWatcherSeesEveryStateAndTheEnd() throws Exception {
    TestWorker worker = connect("1");
    Job job = enqueue();
    Iterator<WatchJobResponse> watch =
        JobsGrpc.newBlockingStub(rig.channel())
            .watchJob(WatchJobRequest.newBuilder().setName("jobs/" + job.id()).build());
    List<State> states = new ArrayList<>(List.of(watch.next().getJob().getState()));

    worker.heartbeat(1);
    AttemptId id = worker.next().getOffer().getId();
    worker.accept(id);
    states.add(watch.next().getJob().getState());
    worker.progress(id, 40);
    // The commit of the start may be told as a change of its own.
    dev.scriptorium.v1.Job midway = watch.next().getJob();
    while (midway.getPercent() == 0) {
      midway = watch.next().getJob();
    }
    worker.upload(id, TestWorker.ref("ok"), "ok");
    worker.complete(id, TestWorker.ref("ok"));
    while (watch.hasNext()) {
      states.add(watch.next().getJob().getState());
    }

    assertThat(midway.getPercent()).isEqualTo(40);
    assertThat(midway.getActivity()).isEqualTo("chapter 3 of 9");
    assertThat(states)
        .startsWith(State.STATE_WAITING, State.STATE_RUNNING)
        .endsWith(State.STATE_SUCCEEDED);
  }

  @Test
  void aWorkerThatConnectsAgainKeepsItsAttempt() throws Exception {
    TestWorker first = connect("1");
    first.heartbeat(1);
    Job job = enqueue();
    AttemptId id = first.next().getOffer().getId();
    first.accept(id);
    rig.test().await(job.id(), State.STATE_RUNNING);

    first.breakOff();
    TestWorker again = connect("1", id);
    assertThat(again.next().getAdopted().getId()).isEqualTo(id);
    rig.clock().advance(Duration.ofSeconds(30));
    again.upload(id, TestWorker.ref("ok"), "ok");
    again.complete(id, TestWorker.ref("ok"));

    assertThat(again.next().getAcknowledged().getId()).isEqualTo(id);
    assertThat(get(job.id()).getAttemptsCount()).isEqualTo(1);
  }

  @Test
  void aSecondStreamOfOneProcessEndsTheFirst() throws Exception {
    TestWorker first = connect("1");

    TestWorker second = connect("1");
    second.heartbeat(1);

    assertThat(first.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    enqueue();
    assertThat(second.next().hasOffer()).isTrue();
    assertThat(rig.fleet().workers()).extracting(Worker::getName).containsExactly("workers/w");
  }

  @Test
  void anOperatorQuietsWakesAndDrainsAWorker() throws Exception {
    FleetGrpc.FleetBlockingStub operator = FleetGrpc.newBlockingStub(rig.channel());
    TestWorker worker = connect("1");
    Await.until("the worker is known", PATIENCE, () -> !rig.fleet().workers().isEmpty());

    Worker quiet =
        operator.quietWorker(QuietWorkerRequest.newBuilder().setName("workers/w").build());
    assertThat(quiet.getState()).isEqualTo(Worker.State.STATE_QUIET);
    assertThat(worker.next().getDrain()).isEqualTo(Drain.getDefaultInstance());

    Worker awake =
        operator.resumeWorker(ResumeWorkerRequest.newBuilder().setName("workers/w").build());
    assertThat(awake.getState()).isEqualTo(Worker.State.STATE_ACTIVE);
    assertThat(worker.next().hasResume()).isTrue();

    Worker leaving =
        operator.drainWorker(DrainWorkerRequest.newBuilder().setName("workers/w").build());
    assertThat(leaving.getState()).isEqualTo(Worker.State.STATE_DRAINING);
    assertThat(worker.next().getDrain().getTerminate()).isTrue();
    assertThatThrownBy(
            () ->
                operator.drainWorker(DrainWorkerRequest.newBuilder().setName("workers/x").build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("no worker of the name workers/x is connected");
  }

  @Test
  void theFleetIsWatchedWithWhatItRunsAndInTheOrderOfRemoval() throws Exception {
    Iterator<WatchFleetResponse> fleetNow =
        FleetGrpc.newBlockingStub(rig.channel())
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .watchFleet(WatchFleetRequest.getDefaultInstance());
    assertThat(fleetNow.next().getWorkersList()).isEmpty();

    TestWorker worker = connect("1");
    TestWorker idle = new TestWorker(rig.channel());
    idle.hello("idle", "2");
    worker.heartbeat(1);
    Job job = enqueue();
    AttemptId id = worker.next().getOffer().getId();
    worker.accept(id);
    worker.progress(id, 40);

    List<Worker> workers = fleetNow.next().getWorkersList();
    while (workers.size() < 2 || workers.getLast().getRunningCount() == 0) {
      workers = fleetNow.next().getWorkersList();
    }
    while (workers.getLast().getRunning(0).getPercent() < 40) {
      workers = fleetNow.next().getWorkersList();
    }
    assertThat(workers).extracting(Worker::getDrainOrder).containsExactly(1, 2);
    RunningAttempt running = workers.getLast().getRunning(0);
    assertThat(running.getJob()).isEqualTo("jobs/" + job.id());
    assertThat(running.getKind()).isEqualTo("parse");
    assertThat(running.getActivity()).isEqualTo("chapter 3 of 9");
  }

  @Test
  void aSilentWorkerIsLetGo() throws Exception {
    TestWorker worker = connect("1");
    worker.heartbeat(1);
    enqueue();
    assertThat(worker.next().hasOffer()).isTrue();

    rig.clock().advance(Duration.ofSeconds(7));
    rig.fleet().tick();

    assertThat(worker.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(rig.fleet().workers()).isEmpty();
  }

  @Test
  void nobodyReadsOrStoresForAnAttemptThatIsNotUnderWay() throws Exception {
    TestWorker worker = connect("1");
    worker.heartbeat(1);
    enqueue();
    AttemptId id = worker.next().getOffer().getId();
    AttemptId guessed = id.toBuilder().setToken(id.getToken() + 1).build();

    assertThatThrownBy(() -> worker.download(guessed, 0)).hasMessageContaining("not this worker's");
    assertThatThrownBy(() -> worker.upload(guessed, TestWorker.ref("x"), "x"))
        .hasMessageContaining("PERMISSION_DENIED");
  }

  @Test
  void anUploadThatIsNotWhatItSaysIsRefused() throws Exception {
    TestWorker worker = connect("1");
    worker.heartbeat(1);
    enqueue();
    AttemptId id = worker.next().getOffer().getId();

    assertThatThrownBy(() -> worker.upload(id, TestWorker.ref("other"), "wrong"))
        .hasMessageContaining("hash");
    assertThatThrownBy(() -> worker.upload(id, TestWorker.ref("short"), "more than short"))
        .hasMessageContaining("more than the declared 5 bytes");
    assertThatThrownBy(() -> worker.upload(id, TestWorker.ref("x".repeat(1001)), "x"))
        .hasMessageContaining("above 1000");
  }

  @Test
  void whoDoesNotSayHelloFirstIsTurnedAway() throws Exception {
    TestWorker worker = new TestWorker(rig.channel());

    worker.say(WorkerMessage.getDefaultInstance());

    assertThat(worker.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void aJobThatNobodyCanDoSaysSo() {
    Job job = rig.test().enqueue(TestEngine.job(rig.owner(), "analyze")).getFirst();

    assertThat(get(job.id()).getState()).isEqualTo(State.STATE_WAITING);
    assertThat(get(job.id()).getActivity()).contains("NO_WORKER");
    assertThat(get(job.id()).getWaitsFor()).startsWith("no connected worker takes analyze of");
  }
}
