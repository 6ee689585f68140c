package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Usage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a server knows at its start of what jobs take. */
@Timeout(60)
class ExperienceTest {
  private static final long PEAK = 1L << 30;
  private static final long MILLIS = 7000;

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir static Path folder;

  private final FakeClock clock = TestEngine.clock();

  @BeforeAll
  static void createTable() throws SQLException {
    TestEngine.createEffects(database);
  }

  @Test
  void aServerLearnsFromTheAttemptsOfOthers() throws Exception {
    UUID owner = database.createAccount();
    try (TestEngine before = TestEngine.open(database, folder, clock)) {
      assertThat(needOf(before, owner)).isLessThan(PEAK);
      FakeWorker worker = new FakeWorker(before, "a", 1);
      AttemptId attempt = worker.accept();
      worker.complete(
          attempt,
          before.store("ok"),
          Usage.newBuilder().setPeakMemoryBytes(PEAK).setElapsedMillis(MILLIS).build());
      worker.nextAnswer();
      assertThat(before.engine().flush(Duration.ofSeconds(10))).isTrue();
    }

    try (TestEngine after = TestEngine.open(database, folder, clock)) {
      assertThat(needOf(after, owner)).isGreaterThan(PEAK);
      assertThat(after.engine().control().status().own().getKindsList())
          .filteredOn(kind -> kind.getKind().equals("parse"))
          .allSatisfy(kind -> assertThat(kind.getMeanSeconds()).isEqualTo(MILLIS / 1000.0));
    }
  }

  /** Commits a job and gives the memory with which a worker is offered it; nobody takes it. */
  private static long needOf(TestEngine engine, UUID owner) throws InterruptedException {
    engine.enqueue(TestEngine.job(owner, "parse"));
    FakeWorker worker = new FakeWorker(engine, "looker", 1);
    try {
      return worker.nextOffer().getMemoryBytes();
    } finally {
      worker.leave();
    }
  }
}
