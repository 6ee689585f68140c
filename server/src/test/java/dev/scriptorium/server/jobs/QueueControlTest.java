package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.NewJob;
import dev.scriptorium.v1.Queue;
import dev.scriptorium.v1.Schedule;
import dev.scriptorium.v1.SubmitJobsRequest;
import dev.scriptorium.v1.UpdateKindRequest;
import dev.scriptorium.worker.v1.Offer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class QueueControlTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir Path folder;

  private final FakeClock clock = TestEngine.clock();
  private TestEngine test;
  private Caller operator;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open(database, folder, clock);
    operator = new Caller(database.createAccount(), "key", Role.OPERATOR);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private QueueControl control() {
    return test.engine().control();
  }

  private static NewJob.Builder job() {
    return NewJob.newBuilder().setKind("analyze").setPayload(ByteString.copyFromUtf8("abc"));
  }

  private static SubmitJobsRequest.Builder request(NewJob.Builder... jobs) {
    SubmitJobsRequest.Builder request = SubmitJobsRequest.newBuilder();
    List.of(jobs).forEach(request::addJobs);
    return request;
  }

  private static KindStatus kind(Queue queue, String kind) {
    return queue.getKindsList().stream()
        .filter(status -> status.getKind().equals(kind))
        .findFirst()
        .orElse(KindStatus.getDefaultInstance());
  }

  @Test
  void aSubmittedJobIsOfferedWithItsPayload() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);

    List<Long> ids = control().submit(operator, request(job()).build());

    Offer offer = worker.nextOffer();
    assertThat(offer.getId().getJob()).isEqualTo(ids.getFirst());
    assertThat(offer.getPayload().toStringUtf8()).isEqualTo("abc");
    assertThat(offer.getInputsList()).isEmpty();
  }

  @Test
  void aRepeatedRequestAddsNothing() {
    SubmitJobsRequest twice = request(job(), job()).setRequestId("r1").build();

    List<Long> first = control().submit(operator, twice);
    List<Long> second = control().submit(operator, twice);

    assertThat(first).hasSize(2).isEqualTo(second);
    assertThat(kind(control().status().own(), "analyze").getRunnable()).isEqualTo(2);
  }

  @Test
  void oneRequestThatComesManyTimesAtOnceAddsItsJobsOnce() throws Exception {
    SubmitJobsRequest same = request(job(), job()).setRequestId("impatient").build();
    List<Future<List<Long>>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      for (int call = 0; call < 8; call++) {
        answers.add(callers.submit(() -> control().submit(operator, same)));
      }
    }

    for (Future<List<Long>> answer : answers) {
      assertThat(answer.get()).isEqualTo(answers.getFirst().get());
    }
    test.awaitNothingInDoubt();
    assertThat(kind(control().status().own(), "analyze").getRunnable()).isEqualTo(2);
  }

  @Test
  void aBadRequestFailsAloneAmongThoseThatShareACommit() throws Exception {
    int callers = 60;
    List<Future<List<Long>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      for (int call = 0; call < callers; call++) {
        SubmitJobsRequest mine =
            call % 10 == 0
                ? request(job().addAfter("jobs/77")).build()
                : request(job(), job().addAfter("#1").setUniqueKey("key " + call % 7))
                    .setRequestId("request " + call)
                    .build();
        answers.add(threads.submit(() -> control().submit(operator, mine)));
      }
    }

    Set<Long> first = new HashSet<>();
    Set<Long> second = new HashSet<>();
    for (int call = 0; call < callers; call++) {
      Future<List<Long>> answer = answers.get(call);
      if (call % 10 == 0) {
        assertThatThrownBy(answer::get).hasMessageContaining("there is no job 77");
      } else {
        first.add(answer.get().get(0));
        second.add(answer.get().get(1));
      }
    }
    test.awaitNothingInDoubt();
    assertThat(first).hasSize(54);
    assertThat(second).hasSize(7);
    KindStatus status = kind(control().status().own(), "analyze");
    assertThat(status.getRunnable()).isEqualTo(54);
    assertThat(status.getBlocked()).isEqualTo(7);
  }

  @Test
  void aJobMayWaitForAnEarlierOneOfItsRequestAndForNoOther() {
    control().submit(operator, request(job(), job().addAfter("#1")).build());
    KindStatus status = kind(control().status().own(), "analyze");
    assertThat(status.getRunnable()).isEqualTo(1);
    assertThat(status.getBlocked()).isEqualTo(1);

    assertThatThrownBy(
            () -> control().submit(operator, request(job().addAfter("#1"), job()).build()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("jobs[0].after is \"#1\"");
    assertThatThrownBy(() -> control().submit(operator, request(job().addAfter("jobs/77")).build()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("there is no job 77");
  }

  @Test
  void aScheduleAddsOneJobATurnAndNoSecondWhileOneIsUnfinished() {
    Schedule nightly =
        Schedule.newBuilder()
            .setName("nightly")
            .setEvery(Duration.newBuilder().setSeconds(60))
            .setJob(job())
            // Long ago by the database's clock and by ours: one turn is due, not many.
            .setNextTime(com.google.protobuf.Timestamp.newBuilder().setSeconds(1_600_000_000))
            .build();
    control().schedules().put(operator, nightly);

    control().schedules().tick();
    control().schedules().tick();
    assertThat(kind(control().status().own(), "analyze").getRunnable()).isEqualTo(1);
    // The next turn is due, and the job of the last one is still there.
    control().schedules().put(operator, nightly);
    control().schedules().tick();

    assertThat(kind(control().status().own(), "analyze").getRunnable()).isEqualTo(1);
    assertThat(control().schedules().list().getFirst().getNextTime().getSeconds())
        .isGreaterThan(1_700_000_000);
    control().schedules().delete("nightly");
    assertThat(control().schedules().list()).isEmpty();
    assertThatThrownBy(() -> control().schedules().delete("nightly"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("there is no schedule nightly");
  }

  @Test
  void anyServerKnowsTheQueuesOfAll() throws Exception {
    control().submit(operator, request(job(), job()).build());
    control().status().tell();
    try (TestEngine other = TestEngine.open(database, folder, clock)) {
      other.engine().control().submit(operator, request(job()).build());

      assertThat(kind(other.engine().control().status().own(), "analyze").getRunnable())
          .isEqualTo(1);
      assertThat(kind(other.engine().control().status().all(), "analyze").getRunnable())
          .isEqualTo(3);
    }
  }

  @Test
  void whatIsOrderedForAKindHoldsOnEveryServer() throws Exception {
    UpdateKindRequest pause =
        UpdateKindRequest.newBuilder()
            .setKind(KindStatus.newBuilder().setKind("analyze").setPaused(true).setMaxRunning(7))
            .setUpdateMask(FieldMask.newBuilder().addPaths("paused"))
            .build();

    KindStatus now = control().updateKind(pause);

    assertThat(now.getPaused()).isTrue();
    assertThat(now.getMaxRunning()).isZero();
    try (TestEngine other = TestEngine.open(database, folder, clock)) {
      other.engine().control().submit(operator, request(job()).build());
      assertThat(kind(other.engine().control().status().own(), "analyze").getPaused()).isTrue();
    } finally {
      control()
          .updateKind(
              UpdateKindRequest.newBuilder()
                  .setKind(KindStatus.newBuilder().setKind("analyze"))
                  .build());
    }
  }
}
