package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.worker.v1.AttemptId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when a server dies, and of transactions whose fate is in doubt. */
@Timeout(60)
class SuccessionTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir static Path folder;

  private final FakeClock clock = TestEngine.clock();
  private final String name = UUID.randomUUID().toString();
  private UUID owner;

  @BeforeAll
  static void createTable() throws SQLException {
    TestEngine.createEffects(database);
  }

  @BeforeEach
  void createOwner() {
    owner = database.createAccount();
  }

  private TestEngine open() throws IOException {
    return TestEngine.open(database, folder, clock, name);
  }

  @Test
  void aRestartedServerFinishesWhatItsFormerSelfHasLeft() throws Exception {
    TestEngine before = open();
    FakeWorker worker = new FakeWorker(before, "a", 1);
    UUID book = UUID.randomUUID();
    List<Job> jobs =
        before.enqueue(
            TestEngine.job(owner, book, "parse"), TestEngine.job(owner, book, "analyze", -1L));
    AttemptId running = worker.accept();
    before.await(running.getJob(), State.STATE_RUNNING);
    assertThat(before.engine().flush(Duration.ofSeconds(10))).isTrue();
    before.kill();

    try (TestEngine after = open()) {
      FakeWorker back = new FakeWorker(after, "a", 0, running);
      back.complete(running, "ok");
      assertThat(back.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", running));
      back.heartbeat(1);
      AttemptId next = back.accept();
      back.complete(next, "ok");
      assertThat(back.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", next));

      assertThat(next.getJob()).isEqualTo(jobs.get(1).id());
      assertThat(after.endings(jobs.get(0).id())).containsExactly("SUCCEEDED");
      assertThat(after.endings(jobs.get(1).id())).containsExactly("SUCCEEDED");
    }
  }

  @Test
  void anAttemptWhoseWorkerDoesNotComeBackIsLostAndRunsElsewhere() throws Exception {
    TestEngine before = open();
    FakeWorker worker = new FakeWorker(before, "a", 1);
    long job = before.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    AttemptId running = worker.accept();
    assertThat(before.engine().flush(Duration.ofSeconds(10))).isTrue();
    before.kill();

    try (TestEngine after = open()) {
      FakeWorker other = new FakeWorker(after, "b", 1);
      assertThat(after.engine().jobs().depths(owner))
          .containsExactly(new JobDepth("parse", 0, 0, 1));
      clock.advance(Duration.ofSeconds(9));
      AttemptId again = other.accept();
      FakeWorker zombie = new FakeWorker(after, "a", 0, running);

      assertThat(again.getJob()).isEqualTo(job);
      assertThat(again.getAttempt()).isEqualTo(2);
      assertThat(zombie.nextAnswer()).isEqualTo(FakeWorker.answer("fenced", running));
    }
  }

  @Test
  void aCompletionWhoseAnswerWasLostIsAcknowledgedByTheHeir() throws Exception {
    TestEngine before = open();
    FakeWorker worker = new FakeWorker(before, "a", 1);
    long job = before.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    AttemptId attempt = worker.accept();
    worker.complete(attempt, "ok");
    worker.nextAnswer();
    before.kill();

    try (TestEngine after = open()) {
      FakeWorker back = new FakeWorker(after, "a", 0, attempt);
      assertThat(back.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", attempt));
      back.complete(attempt, "ok");
      assertThat(back.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", attempt));
      assertThat(after.effects(job)).containsExactly("ok");
    }
  }

  @Test
  void anHeirAdoptsWhatAWorkerThatWasThereBeforeStillRuns() throws Exception {
    TestEngine before = open();
    FakeWorker worker = new FakeWorker(before, "a", 1);
    long job = before.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    AttemptId running = worker.accept();
    assertThat(before.engine().flush(Duration.ofSeconds(10))).isTrue();
    before.kill();
    AttemptId unknown = running.toBuilder().setJob(running.getJob() + 1000).build();

    try (TestEngine heir = open()) {
      FakeWorker seated = new FakeWorker(heir, "a", 0);
      seated.orphans(running, unknown);
      assertThat(seated.adopted()).containsExactly(WorkerReports.key(running));
      seated.complete(running, "ok");
      assertThat(seated.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", running));
      assertThat(heir.endings(job)).containsExactly("SUCCEEDED");

      // Ended by now, and by another token than this one.
      AttemptId impostor = running.toBuilder().setToken(running.getToken() + 2).build();
      seated.orphans(running, unknown, impostor);
      assertThat(seated.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", running));
      assertThat(seated.nextAnswer()).isEqualTo(FakeWorker.answer("fenced", impostor));
    }
  }

  @Test
  void crashesAreCountedAcrossRestarts() throws Exception {
    long job = 0;
    for (int attempt = 1; attempt <= 3; attempt++) {
      try (TestEngine server = open()) {
        if (attempt == 1) {
          job = server.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
        }
        FakeWorker worker = new FakeWorker(server, "a", 1);
        clock.advance(Duration.ofSeconds(61));
        worker.fail(worker.accept(), Ending.ENDING_CRASHED, true);
        worker.nextAnswer();
        worker.leave();
      }
    }

    try (TestEngine server = open()) {
      assertThat(server.endings(job)).hasSize(3).endsWith("QUARANTINED RUNNER_CRASHED");
      assertThat(server.engine().jobs().depths(owner)).isEmpty();
    }
  }

  @Test
  void aServerThatWasDeclaredDeadTakesNoMoreJobsAndStops() throws Exception {
    try (TestEngine old = open();
        TestEngine heir = open()) {
      assertThatThrownBy(() -> old.enqueue(TestEngine.job(owner, "parse")))
          .isInstanceOf(IncarnationDeadException.class);
      old.awaitDeath();
      long job = heir.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
      assertThat(heir.engine().jobs().depths(owner)).hasSize(1);
      assertThat(job).isPositive();
    }
  }

  @Test
  void jobsOfATransactionThatWasRolledBackNeverRun() throws Exception {
    try (TestEngine server = open()) {
      FakeWorker worker = new FakeWorker(server, "a", 2);

      Enqueuer.Batch[] batch = new Enqueuer.Batch[1];
      assertThatThrownBy(
              () ->
                  database
                      .api()
                      .inTransaction(
                          owner,
                          handle -> {
                            batch[0] =
                                server
                                    .engine()
                                    .queue()
                                    .enqueue(handle, List.of(TestEngine.job(owner, "parse")));
                            throw new IllegalStateException("the upload is refused");
                          }))
          .hasMessage("the upload is refused");
      batch[0].abandoned();
      long other = server.enqueue(TestEngine.job(owner, "inspect")).getFirst().id();

      assertThat(worker.accept().getJob()).isEqualTo(other);
      server.awaitNothingInDoubt();
      assertThat(worker.hasOffer()).isFalse();
      assertThat(server.engine().jobs().depths(owner)).hasSize(1);
    }
  }

  @Test
  void jobsOfACommitWhoseAnswerWasLostRun() throws Exception {
    try (TestEngine server = open()) {
      FakeWorker worker = new FakeWorker(server, "a", 1);

      Enqueuer.Batch batch =
          database
              .api()
              .inTransaction(
                  owner,
                  handle ->
                      server
                          .engine()
                          .queue()
                          .enqueue(handle, List.of(TestEngine.job(owner, "parse"))));
      batch.abandoned();

      assertThat(worker.accept().getJob()).isEqualTo(batch.jobs().getFirst().id());
    }
  }

  @Test
  void anOwnerWithTooManyJobsIsRefusedAndOthersAreNot() throws Exception {
    try (TestEngine server = open()) {
      NewJob[] many =
          Collections.nCopies(100, TestEngine.job(owner, "parse")).toArray(NewJob[]::new);
      server.enqueue(many);

      assertThatThrownBy(() -> server.enqueue(TestEngine.job(owner, "parse")))
          .isInstanceOfSatisfying(
              ApiException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_BACKLOG_FULL);
                assertThat(e.retryAfter()).isPositive();
              });
      assertThat(server.enqueue(TestEngine.job(database.createAccount(), "parse"))).hasSize(1);
    }
  }
}
