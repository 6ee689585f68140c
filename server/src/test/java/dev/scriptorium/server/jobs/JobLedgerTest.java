package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Offer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How attempts end: each once, with its effect, whoever says so and how often. */
@Timeout(60)
class JobLedgerTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir static Path folder;

  private final FakeClock clock = TestEngine.clock();
  private TestEngine test;
  private UUID owner;

  @BeforeAll
  static void createTable() throws SQLException {
    TestEngine.createEffects(database);
  }

  @BeforeEach
  void open() throws IOException {
    test = TestEngine.open(database, folder, clock);
    owner = database.createAccount();
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void aCompletedJobTakesEffectAndItsSuccessorRuns() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long parse = test.enqueue(TestEngine.job(owner, "parse")).getFirst().id();

    AttemptId first = worker.accept();
    worker.progress(first, 40);
    worker.complete(first, "next");

    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", first));
    assertThat(test.effects(parse)).containsExactly("next");
    worker.heartbeat(1);
    Offer next = worker.nextOffer();
    assertThat(next.getKind()).isEqualTo("analyze");
    assertThat(next.getId().getJob()).isGreaterThan(parse);
  }

  @Test
  void completionRepeatedIsAcknowledgedAndHasOneEffect() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long job = test.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    AttemptId attempt = worker.accept();

    worker.complete(attempt, "ok");
    worker.complete(attempt, "ok");
    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", attempt));
    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", attempt));
    worker.complete(attempt, "ok");

    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", attempt));
    assertThat(test.effects(job)).containsExactly("ok");
    assertThat(test.endings(job)).containsExactly("SUCCEEDED");
  }

  @Test
  void twoTransactionsThatEndOneAttemptHaveOneWinner() throws Exception {
    OutcomeStore store = new PostgresOutcomeStore();
    long server = incarnation();
    CyclicBarrier together = new CyclicBarrier(2);
    long job = test.enqueue(TestEngine.job(owner, "summarize")).getFirst().id();

    List<Boolean> won = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 1; round <= 20; round++) {
        int attempt = round;
        Callable<Boolean> compete =
            () -> {
              together.await();
              return database
                  .scheduler()
                  .inTransaction(
                      h -> !store.insert(h, server, List.of(outcome(job, attempt))).isEmpty());
            };
        for (var result : threads.invokeAll(List.of(compete, compete))) {
          won.add(result.get());
        }
      }
    }

    assertThat(won).filteredOn(it -> it).hasSize(20);
  }

  @Test
  void aServerThatHasAnHeirBeginsAndEndsNothing() {
    OutcomeStore store = new PostgresOutcomeStore();
    long dead = incarnation();
    long heir = incarnation();
    long job = test.enqueue(TestEngine.job(owner, "summarize")).getFirst().id();
    database
        .scheduler()
        .inTransaction(
            h ->
                h.execute(
                    "insert into server_death (incarnation, heir) values (?, ?)", dead, heir));

    assertThatThrownBy(
            () ->
                database
                    .scheduler()
                    .inTransaction(h -> store.insert(h, dead, List.of(outcome(job, 1)))))
        .isInstanceOf(IncarnationDeadException.class);
    Dispatch begun = new Dispatch(new AttemptKey(job, 1, 7), "w", clock.instant());
    assertThatThrownBy(
            () ->
                database
                    .scheduler()
                    .inTransaction(
                        h -> {
                          store.insertDispatches(h, dead, List.of(begun));
                          return begun;
                        }))
        .isInstanceOf(IncarnationDeadException.class);
    assertThat(test.endings(job)).isEmpty();
  }

  private static long incarnation() {
    return database.scheduler().inTransaction(h -> new PostgresIncarnationStore().insert(h, "one"));
  }

  private Outcome outcome(long job, int attempt) {
    Report report =
        Report.byServer(
            job,
            attempt,
            "w",
            dev.scriptorium.server.jobs.schedule.Ending.LOST,
            dev.scriptorium.v1.ErrorReason.ERROR_REASON_RUNNER_CRASHED,
            "lost");
    return new Outcome(
        report,
        new dev.scriptorium.server.jobs.schedule.Decision(
            dev.scriptorium.server.jobs.schedule.Ending.LOST, clock.instant()),
        clock.instant());
  }

  @Test
  void lateCompletionOfALostAttemptIsFenced() throws Exception {
    FakeWorker lost = new FakeWorker(test, "a", 1);
    long job = test.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    AttemptId first = lost.accept();
    lost.leave();
    clock.advance(Duration.ofSeconds(6));
    test.await(job, State.STATE_RUNNING);
    test.await(job, State.STATE_WAITING);
    FakeWorker other = new FakeWorker(test, "b", 1);
    AttemptId second = other.accept();

    FakeWorker back = new FakeWorker(test, "a", 0, first);
    assertThat(back.nextAnswer()).isEqualTo(FakeWorker.answer("fenced", first));
    back.complete(first, "late");
    assertThat(back.nextAnswer()).isEqualTo(FakeWorker.answer("fenced", first));
    other.complete(second, "ok");

    assertThat(other.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", second));
    assertThat(test.effects(job)).containsExactly("ok");
    assertThat(test.endings(job)).containsExactly("LOST RUNNER_CRASHED", "SUCCEEDED");
  }

  @Test
  void aWorkerThatComesBackInTimeGoesOn() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long job = test.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    AttemptId attempt = worker.accept();
    worker.leave();
    clock.advance(Duration.ofSeconds(4));

    FakeWorker back = new FakeWorker(test, "a", 0, attempt);
    clock.advance(Duration.ofSeconds(4));
    back.complete(attempt, "ok");

    assertThat(back.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", attempt));
    assertThat(test.endings(job)).containsExactly("SUCCEEDED");
  }

  @Test
  void aWorkerThatComesBackWithoutAnAttemptHasLostIt() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long job = test.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    AttemptId first = worker.accept();
    worker.leave();

    FakeWorker restarted = new FakeWorker(test, "a", 1);
    AttemptId second = restarted.accept();

    assertThat(second.getJob()).isEqualTo(job);
    assertThat(second.getAttempt()).isEqualTo(first.getAttempt() + 1);
  }

  @Test
  void aResultThatBreaksARuleIsRecordedAndHasNoEffect() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 3);
    UUID book = UUID.randomUUID();
    test.enqueue(
        TestEngine.job(owner, book, "parse"),
        TestEngine.job(owner, book, "parse"),
        TestEngine.job(owner, book, "parse"));

    // One book, one writing thread: the three are written together.
    List<AttemptId> attempts = List.of(worker.accept(), worker.accept(), worker.accept());
    worker.complete(attempts.get(0), "invalid");
    worker.complete(attempts.get(1), "defect");
    worker.complete(attempts.get(2), "ok");
    for (int i = 0; i < 3; i++) {
      assertThat(worker.nextAnswer()).startsWith("acknowledged");
    }

    assertThat(test.endings(attempts.get(0).getJob())).containsExactly("FAILED RESULT_INVALID");
    assertThat(test.effects(attempts.get(0).getJob())).containsExactly("failed RESULT_INVALID");
    assertThat(test.endings(attempts.get(1).getJob())).containsExactly("FAILED RESULT_INVALID");
    assertThat(test.endings(attempts.get(2).getJob())).containsExactly("SUCCEEDED");
    assertThat(test.effects(attempts.get(2).getJob())).containsExactly("ok");
  }

  @Test
  void aResultThatWasNeverStoredIsTriedAgain() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long job = test.enqueue(TestEngine.job(owner, "parse")).getFirst().id();

    worker.complete(worker.accept(), new StoredBlob(TestEngine.unknownBlob(), 3));
    assertThat(worker.nextAnswer()).startsWith("acknowledged");
    worker.heartbeat(1);
    clock.advance(Duration.ofSeconds(61));

    assertThat(worker.accept().getAttempt()).isEqualTo(2);
    assertThat(test.endings(job)).containsExactly("FAILED INTERNAL");
  }

  @Test
  void aPoisonJobIsQuarantinedAtItsThirdCrashAndTakesItsDependantsAlong() throws Exception {
    FakeWorker one = new FakeWorker(test, "a", 1);
    FakeWorker two = new FakeWorker(test, "b", 0);
    UUID book = UUID.randomUUID();
    List<Job> jobs =
        test.enqueue(
            TestEngine.job(owner, book, "parse"),
            TestEngine.job(owner, book, "analyze", -1L),
            TestEngine.job(owner, book, "summarize", -2L));
    long poison = jobs.getFirst().id();

    one.fail(one.accept(), Ending.ENDING_CRASHED, true);
    assertThat(one.nextAnswer()).startsWith("acknowledged");
    // Where it crashed it is not tried again while another worker could take it.
    one.heartbeat(1);
    clock.advance(Duration.ofSeconds(61));
    two.heartbeat(1);
    AttemptId second = two.accept();
    assertThat(one.hasOffer()).isFalse();
    two.fail(second, Ending.ENDING_CRASHED, true);
    assertThat(two.nextAnswer()).startsWith("acknowledged");
    clock.advance(Duration.ofSeconds(61));
    one.fail(one.accept(), Ending.ENDING_CRASHED, true);
    assertThat(one.nextAnswer()).startsWith("acknowledged");

    assertThat(test.endings(poison))
        .containsExactly(
            "CRASHED RUNNER_CRASHED", "CRASHED RUNNER_CRASHED", "QUARANTINED RUNNER_CRASHED");
    assertThat(test.effects(poison)).containsExactly("failed RUNNER_CRASHED");
    assertThat(test.endings(jobs.get(1).id())).containsExactly("FAILED DEPENDENCY_FAILED");
    assertThat(test.effects(jobs.get(1).id())).containsExactly("failed DEPENDENCY_FAILED");
    assertThat(test.endings(jobs.get(2).id())).containsExactly("FAILED DEPENDENCY_FAILED");
  }

  @Test
  void aFailureThatARetryMayHelpIsTriedThreeTimes() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long job = test.enqueue(TestEngine.job(owner, "parse")).getFirst().id();

    for (int attempt = 1; attempt <= 3; attempt++) {
      AttemptId id = worker.accept();
      assertThat(id.getAttempt()).isEqualTo(attempt);
      worker.fail(id, Ending.ENDING_FAILED, true);
      assertThat(worker.nextAnswer()).startsWith("acknowledged");
      worker.heartbeat(1);
      clock.advance(Duration.ofSeconds(61));
    }

    test.await(job, State.STATE_FAILED);
    assertThat(test.effects(job)).containsExactly("failed FILE_CORRUPT");
  }

  @Test
  void whatIsDoneAtOnceNeedNotBeAcceptedBefore() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long job = test.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    AttemptId offered = worker.nextOffer().getId();

    worker.complete(offered.toBuilder().setToken(offered.getToken() + 1).build(), "stale");
    assertThat(worker.nextAnswer()).startsWith("fenced");
    worker.complete(offered, "done");

    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", offered));
    assertThat(test.endings(job)).containsExactly("SUCCEEDED");
  }

  @Test
  void anOfferThatIsDeclinedGoesToAnotherWorker() throws Exception {
    FakeWorker full = new FakeWorker(test, "a", 1);
    test.enqueue(TestEngine.job(owner, "parse"));
    AttemptId declined = full.nextOffer().getId();

    FakeWorker free = new FakeWorker(test, "b", 1);
    full.decline(declined);
    AttemptId taken = free.accept();

    assertThat(taken.getJob()).isEqualTo(declined.getJob());
    assertThat(taken.getAttempt()).isEqualTo(1);
    assertThat(taken.getToken()).isNotEqualTo(declined.getToken());
  }

  @Test
  void anAttemptPastItsDeadlineIsEndedByTheServer() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long job = test.enqueue(TestEngine.job(owner, "inspect")).getFirst().id();
    AttemptId attempt = worker.accept();

    clock.advance(Duration.ofSeconds(76));

    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("cancel", attempt));
    assertThat(test.endings(job)).containsExactly("TIMED_OUT DEADLINE_EXCEEDED");
  }

  @Test
  void theJobsOfADeletedBookAreCancelled() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    UUID book = UUID.randomUUID();
    List<Job> jobs =
        test.enqueue(
            TestEngine.job(owner, book, "parse"), TestEngine.job(owner, book, "analyze", -1L));
    AttemptId running = worker.accept();

    test.engine().queue().cancelBook(book);
    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("cancel", running));
    worker.complete(running, "late");

    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("fenced", running));
    assertThat(test.endings(jobs.getFirst().id())).containsExactly("CANCELLED CANCELLED");
    assertThat(test.endings(jobs.getLast().id())).hasSize(1);
  }

  @Test
  void aJobWhoseBookIsGoneIsCancelledInsteadOfOffered() throws Exception {
    UUID book = UUID.randomUUID();
    test.loseBook(book);
    long job = test.enqueue(TestEngine.job(owner, book, "parse")).getFirst().id();

    FakeWorker worker = new FakeWorker(test, "a", 1);
    test.await(job, State.STATE_CANCELLED);

    assertThat(worker.hasOffer()).isFalse();
  }
}
