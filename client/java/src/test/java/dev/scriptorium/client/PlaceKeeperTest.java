package dev.scriptorium.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlaceKeeperTest {
  private static final String ID = "0198c0de-0000-7000-8000-00000000abcd";
  private static final String BOOK = "books/" + ID;

  private final FakeServer server = new FakeServer();
  private final ScriptoriumClient client =
      ScriptoriumClient.connect(
          ClientOptions.of(ServerAddress.parse(server.address()), FakeServer.KEY));
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<UpdateProgressResponse> answers = new CopyOnWriteArrayList<>();

  @BeforeEach
  void book() {
    server.library().add(ID, "Dracula", "Bram Stoker");
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
    client.close();
    server.close();
  }

  private PlaceKeeper keeper(ConflictPolicy policy) {
    return new PlaceKeeper(
        client, BOOK, "phone", 0, policy, timer, InstantSource.system(), new Recorder());
  }

  @Test
  void manyMovesAreOneWrite() {
    try (PlaceKeeper keeper = keeper(ConflictPolicy.CONFLICT_POLICY_ASK)) {
      for (int offset = 0; offset < 100; offset++) {
        keeper.moved(offset);
      }
    }

    Progress progress = client.getProgress(BOOK);
    assertThat(progress.getPosition().getOffset()).isEqualTo(99);
    assertThat(progress.getRevision()).isEqualTo(1);
  }

  @Test
  void writesBuildOnEachOther() {
    try (PlaceKeeper keeper = keeper(ConflictPolicy.CONFLICT_POLICY_ASK)) {
      keeper.moved(10);
      keeper.flush();
      keeper.moved(20);
    }

    assertThat(answers)
        .extracting(UpdateProgressResponse::getOutcome)
        .containsExactly(Outcome.OUTCOME_APPLIED, Outcome.OUTCOME_APPLIED);
  }

  @Test
  void aMoveOfAnotherDeviceIsToldAsConflict() {
    client.updateProgress(
        UpdateProgressRequest.newBuilder()
            .setName(BOOK + "/progress")
            .setOffset(5)
            .setDevice("tablet")
            .build());

    try (PlaceKeeper keeper = keeper(ConflictPolicy.CONFLICT_POLICY_ASK)) {
      keeper.moved(10);
    }

    assertThat(answers)
        .extracting(UpdateProgressResponse::getOutcome)
        .containsExactly(Outcome.OUTCOME_CONFLICT);
  }

  @Test
  void nothingIsWrittenWithoutAMove() {
    keeper(ConflictPolicy.CONFLICT_POLICY_ASK).close();

    assertThat(answers).isEmpty();
  }

  private final class Recorder implements PlaceKeeper.Listener {
    @Override
    public void written(UpdateProgressResponse response) {
      answers.add(response);
    }

    @Override
    public void failed(ScriptoriumException error) {
      throw error;
    }
  }
}
