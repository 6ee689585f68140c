package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.v1.NewJob;
import dev.scriptorium.v1.SubmitJobsRequest;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Offer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the queue asks of the database, and what it leaves there. */
@Timeout(60)
final class JobTablesTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir static Path folder;

  private final FakeClock clock = TestEngine.clock();
  private TestEngine test;
  private Caller operator;

  @BeforeAll
  static void createTable() throws Exception {
    TestEngine.createEffects(database);
  }

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open(database, folder, clock);
    operator = new Caller(database.createAccount(), "key", Role.OPERATOR);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private long submit(TestEngine engine, String uniqueKey) {
    NewJob job = NewJob.newBuilder().setKind("analyze").setUniqueKey(uniqueKey).build();
    return engine
        .engine()
        .control()
        .submit(operator, SubmitJobsRequest.newBuilder().addJobs(job).build())
        .getFirst();
  }

  @Test
  void aUniqueJobIsAddedAgainOnlyWhenItHasEnded() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    long first = submit(test, "nightly");
    long second = submit(test, "nightly");
    worker.complete(worker.accept(), "ok");
    worker.nextAnswer();

    long third = submit(test, "nightly");

    assertThat(second).isEqualTo(first);
    assertThat(third).isNotEqualTo(first);
  }

  @Test
  void theNextAttemptGetsWhatTheLastHasSaved() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    submit(test, "");
    AttemptId first = worker.accept();
    worker.checkpoint(first, "one");
    worker.checkpoint(first, "two");
    worker.fail(first, Ending.ENDING_RELEASED, true);
    worker.nextAnswer();
    clock.advance(Duration.ofMinutes(2));

    worker.heartbeat(1);
    Offer again = worker.nextOffer();

    assertThat(again.getId().getAttempt()).isEqualTo(2);
    assertThat(again.getCheckpoint()).isEqualTo(ByteString.copyFromUtf8("two"));
  }

  @Test
  void whatAnEarlierAttemptHasSavedTooLateIsNotHandedOn() throws Exception {
    FakeWorker worker = new FakeWorker(test, "a", 1);
    submit(test, "");
    AttemptId first = worker.accept();
    OutcomeStore store = new PostgresOutcomeStore();
    Saved second = saved(first.getJob(), 2, "of the second attempt");
    Saved late = saved(first.getJob(), 1, "of the first, by a server that has an heir");

    ByteString found =
        database
            .scheduler()
            .inTransaction(
                handle -> {
                  store.insertCheckpoints(handle, List.of(second));
                  store.insertCheckpoints(handle, List.of(late));
                  return store.checkpoint(handle, first.getJob());
                });

    assertThat(found).isEqualTo(second.state());
  }

  private Saved saved(long job, int attempt, String state) {
    return new Saved(new AttemptRef(job, attempt), ByteString.copyFromUtf8(state), clock.instant());
  }

  @Test
  void anIdleQueueHardlyAsksTheDatabase() throws Exception {
    int seconds = 6;
    FakeWorker worker = new FakeWorker(test, "a", 1);
    submit(test, "");
    worker.complete(worker.accept(), "ok");
    worker.nextAnswer();
    database.statements().reset();

    boolean woken = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);

    assertThat(woken).isFalse();
    assertThat(database.statements().statements()).hasSizeLessThan(2 * seconds);
  }

  @Test
  void jobsRunBehindAPoolerOfTransactions() throws Exception {
    try (TestEngine pooled = TestEngine.open(database.behindPooler(), folder, clock)) {
      FakeWorker worker = new FakeWorker(pooled, "a", 3);
      for (int job = 0; job < 20; job++) {
        long id = submit(pooled, job % 2 == 0 ? "" : "key " + job);
        AttemptId attempt = worker.accept();
        worker.checkpoint(attempt, "half");
        worker.complete(attempt, "ok");
        pooled.await(id, State.STATE_SUCCEEDED);
        assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", attempt));
      }
    }
  }

  @Test
  void workOfOneDayLeavesOtherDaysAlone() throws Exception {
    int jobs = 40;
    FakeWorker worker = new FakeWorker(test, "a", 1);
    for (int job = 0; job < jobs; job++) {
      submit(test, "");
      worker.complete(worker.accept(), "ok");
      worker.nextAnswer();
    }
    int today = JobId.dayOf(clock.instant());

    long used = awaitScans("relname in ('job_%1$d', 'outcome_%1$d')".formatted(today));
    long others = scans("relname ~ '_[0-9]+$' and relname !~ '_%d$'".formatted(today));

    assertThat(used).isPositive();
    // A server looks at all days when it starts, and now and then; work would with every job.
    assertThat(others).isLessThan(jobs / 4);
  }

  private static long awaitScans(String which) {
    long found = 0;
    while (found == 0) {
      found = scans(which);
    }
    return found;
  }

  private static long scans(String which) {
    return database
        .scheduler()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        "select coalesce(sum(idx_scan), 0)"
                            + " from pg_stat_user_tables where "
                            + which)
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void aDayIsDroppedWhenItIsOldAndNothingOfItIsLeftToDo() throws Exception {
    clock.advance(Duration.ofDays(100));
    FakeWorker worker = new FakeWorker(test, "a", 1);
    submit(test, "");
    AttemptId attempt = worker.accept();
    int day = JobId.day(attempt.getJob());
    InstantSource later = InstantSource.fixed(clock.instant().plus(Duration.ofDays(40)));
    Retention retention = new Retention(database.scheduler(), later, Duration.ofDays(30));

    retention.run();
    List<Integer> whileRunning = days();
    worker.complete(attempt, "ok");
    worker.nextAnswer();
    retention.run();

    assertThat(whileRunning).contains(day);
    assertThat(days()).doesNotContain(day);
  }

  private static List<Integer> days() {
    return database
        .scheduler()
        .inTransaction(
            handle -> handle.createQuery("select day from job_day").mapTo(Integer.class).list());
  }
}
