package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.worker.v1.AttemptId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database: a job of the second waits for a job of the first. */
@Timeout(60)
class PredecessorsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir static Path folder;

  private final FakeClock clock = TestEngine.clock();
  private final String firstName = UUID.randomUUID().toString();
  private final String secondName = UUID.randomUUID().toString();

  @SuppressWarnings("NullAway.Init")
  private TestEngine first;

  @SuppressWarnings("NullAway.Init")
  private TestEngine second;

  private UUID owner = new UUID(0, 0);
  private long before;
  private long after;

  @BeforeAll
  static void createTable() throws SQLException {
    TestEngine.createEffects(database);
  }

  @BeforeEach
  void submit() throws Exception {
    owner = database.createAccount();
    first = open(firstName);
    second = open(secondName);
    before = first.enqueue(TestEngine.job(owner, "parse")).getFirst().id();
    after = waitingFor(owner, before);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private TestEngine open(String name) throws IOException {
    return TestEngine.open(database, folder, clock, name);
  }

  private long waitingFor(UUID whose, Long predecessor) {
    return second
        .enqueue(TestEngine.job(whose, UUID.randomUUID(), "analyze", predecessor))
        .getFirst()
        .id();
  }

  private void end(boolean well) throws Exception {
    FakeWorker worker = new FakeWorker(first, "a", 1);
    AttemptId attempt = worker.accept();
    if (well) {
      worker.complete(attempt, "ok");
    } else {
      worker.fail(attempt, Ending.ENDING_FAILED, false);
    }
    assertThat(worker.nextAnswer()).isEqualTo(FakeWorker.answer("acknowledged", attempt));
    worker.leave();
  }

  @Test
  void itRunsOnceTheOtherHasSucceeded() throws Exception {
    FakeWorker worker = new FakeWorker(second, "b", 1);
    assertThat(second.engine().jobs().depths(owner))
        .containsExactly(new JobDepth("analyze", 1, 0, 0));

    end(true);

    assertThat(worker.accept().getJob()).isEqualTo(after);
  }

  @Test
  void itFailsOnceTheOtherHasFailed() throws Exception {
    end(false);

    second.await(after, State.STATE_FAILED);
    assertThat(second.endings(after)).containsExactly("FAILED DEPENDENCY_FAILED");
  }

  @Test
  void itStillWaitsAfterARestartOfItsServer() throws Exception {
    second.kill();
    second = open(secondName);
    FakeWorker worker = new FakeWorker(second, "b", 1);
    assertThat(second.engine().jobs().depths(owner))
        .containsExactly(new JobDepth("analyze", 1, 0, 0));

    end(true);

    assertThat(worker.accept().getJob()).isEqualTo(after);
  }

  @Test
  void whatEndedDuringARestartIsFoundOut() throws Exception {
    second.kill();
    end(true);

    second = open(secondName);

    assertThat(new FakeWorker(second, "b", 1).accept().getJob()).isEqualTo(after);
  }

  @Test
  void theHeirOfTheOtherServerMayEndIt() throws Exception {
    first.kill();
    first = open(firstName);

    end(true);

    assertThat(new FakeWorker(second, "b", 1).accept().getJob()).isEqualTo(after);
  }

  @Test
  void aChainOverServersRunsInOrder() throws Exception {
    long last =
        first.enqueue(TestEngine.job(owner, UUID.randomUUID(), "inspect", after)).getFirst().id();

    end(true);
    FakeWorker middle = new FakeWorker(second, "b", 1);
    AttemptId attempt = middle.accept();
    FakeWorker end = new FakeWorker(first, "c", 1);
    assertThat(end.hasOffer()).isFalse();
    middle.complete(attempt, "ok");

    assertThat(end.accept().getJob()).isEqualTo(last);
  }

  @Test
  void aCancelledJobWaitsNoMore() throws Exception {
    second.engine().jobs().cancel(new Caller(owner, "key", Role.LIBRARIAN), after);

    end(true);

    assertThat(second.endings(after)).containsExactly("CANCELLED CANCELLED");
    assertThat(second.engine().flush(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aJobOfSomebodyElseOrOfNobodyIsUnknown() {
    UUID stranger = database.createAccount();

    assertThatThrownBy(() -> waitingFor(stranger, before)).isInstanceOf(UnknownJobException.class);
    assertThatThrownBy(() -> waitingFor(owner, before + 1000))
        .isInstanceOf(UnknownJobException.class);
  }
}
