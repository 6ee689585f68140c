package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.worker.v1.AttemptId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break at any moment, also between a commit and its answer. */
@Timeout(120)
class ConnectionLossTest {
  private static final int JOBS = 90;

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir static Path folder;

  @Test
  void noCompletionIsLostAndNoneTakesEffectTwice() throws Exception {
    TestEngine.createEffects(database);
    UUID owner = database.createAccount();
    try (TestEngine test = TestEngine.open(database, folder, TestEngine.clock());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < JOBS / 2; i++) {
        jobs.addAll(test.enqueue(TestEngine.job(owner, "parse"), TestEngine.job(owner, "inspect")));
      }
      FakeWorker worker = new FakeWorker(test, "a", JOBS);
      List<AttemptId> attempts = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        attempts.add(worker.accept());
      }

      Future<Integer> breaker = threads.submit(() -> breakConnections());
      Set<String> answers = new HashSet<>();
      for (AttemptId attempt : attempts) {
        worker.complete(attempt, "next");
      }
      for (int i = 0; i < JOBS; i++) {
        answers.add(worker.nextAnswer());
      }

      assertThat(breaker.get()).as("broken connections").isPositive();
      assertThat(answers).hasSize(JOBS).allMatch(answer -> answer.startsWith("acknowledged"));
      for (Job job : jobs) {
        assertThat(test.effects(job.id())).containsExactly("next");
        assertThat(test.endings(job.id())).containsExactly("SUCCEEDED");
      }
      test.awaitNothingInDoubt();
      assertThat(test.engine().jobs().depths(owner))
          .containsExactly(new JobDepth("analyze", 0, JOBS, 0));
    }
  }

  private static int breakConnections() throws SQLException {
    Login login = database.superuser();
    int broken = 0;
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      // Often enough to meet every step of a transaction, seldom enough to let some through.
      for (int round = 0; round < 150; round++) {
        LockSupport.parkNanos(round * 200_000L);
        try (var rows =
            statement.executeQuery(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where usename = 'scriptorium_scheduler' and state <> 'idle'"
                    + " and datname = current_database()")) {
          rows.next();
          broken += rows.getInt(1);
        }
      }
    }
    return broken;
  }
}
