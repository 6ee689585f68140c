package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.worker.v1.AttemptId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What callers see of jobs and may do to them. */
@Timeout(60)
class JobsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir static Path folder;

  private final FakeClock clock = TestEngine.clock();
  private TestEngine test;
  private Jobs jobs;
  private Caller caller;

  @BeforeAll
  static void createTable() throws SQLException {
    TestEngine.createEffects(database);
  }

  @BeforeEach
  void open() throws IOException {
    test = TestEngine.open(database, folder, clock);
    jobs = test.engine().jobs();
    caller = new Caller(database.createAccount(), "key", Role.LIBRARIAN);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private List<Job> enqueue(int count) {
    return test.enqueue(
        Collections.nCopies(count, TestEngine.job(caller.owner(), "parse")).toArray(NewJob[]::new));
  }

  @Test
  void aListIsPagedNewestFirst() {
    List<String> all = enqueue(7).stream().map(job -> JobName.of(job.id())).toList();

    List<String> seen = new ArrayList<>();
    long below = Long.MAX_VALUE;
    int pages = 0;
    while (below > 0) {
      Jobs.Page page = jobs.list(caller, null, State.STATE_UNSPECIFIED, below, 3);
      page.jobs().forEach(job -> seen.add(job.getName()));
      below = page.below();
      pages++;
    }

    assertThat(seen).containsExactlyElementsOf(all.reversed());
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void aListShowsOneStateOrOneBook() throws Exception {
    UUID book = UUID.randomUUID();
    UUID owner = caller.owner();
    List<Job> two =
        test.enqueue(
            TestEngine.job(owner, book, "parse"), TestEngine.job(owner, book, "analyze", -1L));
    test.enqueue(TestEngine.job(owner, "inspect"));
    FakeWorker worker = new FakeWorker(test, "a", 1);
    worker.complete(worker.accept(), "ok");
    worker.nextAnswer();

    assertThat(names(State.STATE_SUCCEEDED, null)).containsExactly(JobName.of(two.get(0).id()));
    assertThat(names(State.STATE_WAITING, book)).containsExactly(JobName.of(two.get(1).id()));
    assertThat(names(State.STATE_WAITING, null)).hasSize(2);
    assertThat(names(State.STATE_FAILED, null)).isEmpty();
    assertThat(names(State.STATE_UNSPECIFIED, book)).hasSize(2);
  }

  private List<String> names(State state, @Nullable UUID book) {
    return jobs.list(caller, book, state, Long.MAX_VALUE, 50).jobs().stream()
        .map(dev.scriptorium.v1.Job::getName)
        .toList();
  }

  @Test
  void onlyOperatorsSeeWhatIsNotTheirs() {
    long job = enqueue(1).getFirst().id();
    UUID other = database.createAccount();
    Caller stranger = new Caller(other, "key", Role.LIBRARIAN);
    Caller operator = new Caller(other, "key", Role.OPERATOR);

    fails(() -> jobs.get(stranger, job), ErrorReason.ERROR_REASON_JOB_NOT_FOUND);
    fails(() -> jobs.cancel(stranger, job), ErrorReason.ERROR_REASON_JOB_NOT_FOUND);
    assertThat(jobs.list(stranger, null, State.STATE_UNSPECIFIED, Long.MAX_VALUE, 50).jobs())
        .isEmpty();
    assertThat(jobs.list(stranger, null, State.STATE_WAITING, Long.MAX_VALUE, 50).jobs()).isEmpty();
    assertThat(jobs.get(operator, job).getName()).isEqualTo(JobName.of(job));
    assertThat(jobs.depths(other)).isEmpty();
  }

  @Test
  void aCancelledJobStopsAndCannotBeCancelledAgain() throws Exception {
    long job = enqueue(1).getFirst().id();
    FakeWorker worker = new FakeWorker(test, "a", 1);
    AttemptId attempt = worker.accept();

    dev.scriptorium.v1.Job cancelled = jobs.cancel(caller, job);

    assertThat(cancelled.getState()).isEqualTo(State.STATE_CANCELLED);
    assertThat(cancelled.getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_CANCELLED);
    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("cancel", attempt));
    fails(() -> jobs.cancel(caller, job), ErrorReason.ERROR_REASON_JOB_STATE);
  }

  @Test
  void aRetryDoesAgainWhatFailedAndWhatFellWithIt() throws Exception {
    UUID book = UUID.randomUUID();
    UUID owner = caller.owner();
    List<Job> old =
        test.enqueue(
            TestEngine.job(owner, book, "parse"),
            TestEngine.job(owner, book, "analyze"),
            TestEngine.job(owner, book, "analyze"),
            TestEngine.job(owner, book, "inspect", -1L, -2L, -3L));
    FakeWorker worker = new FakeWorker(test, "a", 3);
    for (int i = 0; i < 3; i++) {
      AttemptId attempt = worker.accept();
      if (attempt.getJob() == old.getFirst().id()) {
        worker.complete(attempt, "ok");
      } else {
        worker.fail(attempt, Ending.ENDING_FAILED, false);
      }
      worker.nextAnswer();
    }

    dev.scriptorium.v1.Job again = jobs.retry(caller, old.get(1).id());

    assertThat(again.getState()).isEqualTo(State.STATE_WAITING);
    assertThat(test.retried())
        .extracting(Job::kind)
        .containsExactly("analyze", "analyze", "inspect");
    long first = test.retried().getFirst().id();
    assertThat(JobName.of(first)).isEqualTo(again.getName());
    assertThat(test.retried().getLast().after())
        .containsExactly(old.getFirst().id(), first, first + 1);
    fails(() -> jobs.retry(caller, old.get(1).id()), ErrorReason.ERROR_REASON_JOB_STATE);
    fails(() -> jobs.retry(caller, old.get(3).id()), ErrorReason.ERROR_REASON_JOB_STATE);
    worker.heartbeat(3);
    worker.complete(worker.accept(), "ok");
    worker.complete(worker.accept(), "ok");
    assertThat(worker.nextOffer().getKind()).isEqualTo("inspect");
  }

  @Test
  void aJobThatHasNotFailedCannotBeRetried() throws Exception {
    long job = enqueue(1).getFirst().id();

    fails(() -> jobs.retry(caller, job), ErrorReason.ERROR_REASON_JOB_STATE);
    FakeWorker worker = new FakeWorker(test, "a", 1);
    worker.complete(worker.accept(), "ok");
    worker.nextAnswer();
    fails(() -> jobs.retry(caller, job), ErrorReason.ERROR_REASON_JOB_STATE);
  }

  @Test
  void aFailedJobShowsItsAttemptsAndTheReason() throws Exception {
    long job = enqueue(1).getFirst().id();
    FakeWorker worker = new FakeWorker(test, "a", 1);
    worker.fail(worker.accept(), Ending.ENDING_FAILED, false);
    worker.nextAnswer();

    dev.scriptorium.v1.Job seen = jobs.get(caller, job);

    assertThat(seen.getState()).isEqualTo(State.STATE_FAILED);
    assertThat(seen.getFailure().getMessage()).isEqualTo("book.txt is not what it seems");
    assertThat(seen.getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_FILE_CORRUPT);
    assertThat(seen.getAttemptsList()).hasSize(1);
    assertThat(seen.getAttempts(0).getEnding()).isEqualTo(Ending.ENDING_FAILED);
    assertThat(seen.hasEndTime()).isTrue();
    assertThat(seen.getAttempts(0).getLogTail()).isEmpty();
    Caller operator = new Caller(caller.owner(), "key", Role.OPERATOR);
    assertThat(jobs.get(operator, job).getAttempts(0).getLogTail()).startsWith("a");
  }

  private static void fails(ThrowingCallable call, ErrorReason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
