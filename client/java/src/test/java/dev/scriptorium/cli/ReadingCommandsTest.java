package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.fake.Faults;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingCommandsTest {
  private static final String EMMA = "0198c0de-0000-7000-8000-0000000012ef";

  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @BeforeEach
  void books() {
    server.library().add(EMMA, "Emma", "Jane Austen");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  @Test
  void annotationsAreListedAndCannotSteerTheTerminal() {
    assertThat(run("annotations", "emma").out())
        .isEqualTo(
            """
            000000a1  highlight, chapter 2 at 120
                > A castle[2J stood on the cliff.
                Draw this
                [places]
            """);
    assertThat(run("annotations", "--json").out().lines()).hasSize(1);
  }

  @Test
  void annotationsAreSavedAsAFile() throws IOException {
    Path file = home.resolve("marks.csv");

    assertThat(run("annotations", "--export", "markdown").out())
        .isEqualTo("# Emma\n\n> A castle\n");
    assertThat(run("annotations", "--export", "csv", "-o", file.toString()).exitCode()).isZero();

    assertThat(Files.readString(file)).isEqualTo("book,title\r\nbooks/1,Emma\r\n");
    assertThat(run("annotations", "-o", file.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void theHistoryIsShownAndGoneBackTo() {
    assertThat(run("history", "emma").out())
        .isEqualTo(
            """
            STEP     AT  BECAME   DEVICE  WHEN
              41  25.0%  applied  phone   2026-09-21 14:13
            """);
    assertThat(run("history", "emma", "--restore", "41").out())
        .isEqualTo("back at 25.0%, revision 8\n");
  }

  @Test
  void statisticsAreShownBesideTheGoal() {
    assertThat(run("stats", "--goal-daily", "30m", "--goal-books", "24").out())
        .isEqualTo(
            """
            DAY             READ  CODE POINTS
            2026-11-20  1 h 30 m       81,000

            Read        1 h 30 m, 81,000 code points
            Pace        900 code points a minute
            Today       10 m of 30 m
            In a row    3 days, at most 12
            Finished    1 book of 24
            """);
    JsonObject json = JsonParser.parseString(run("stats", "--json").out()).getAsJsonObject();
    assertThat(json.getAsJsonObject("duration").get("seconds").getAsLong()).isEqualTo(5400);
    assertThat(json.get("remaining").isJsonNull()).isTrue();
    assertThat(run("stats", "--zone", "Nowhere/Else").exitCode()).isEqualTo(2);
  }

  @Test
  void changesGoOnWhereTheLastCallEnded() throws IOException {
    Path state = home.resolve("state");

    List<String> first = run("changes", "--state", state.toString()).out().lines().toList();
    List<String> second = run("changes", "--state", state.toString()).out().lines().toList();

    assertThat(first).hasSize(3);
    assertThat(first.get(0)).endsWith("BOOK        books/1 revision 4");
    assertThat(first.get(2)).endsWith("BOOK        books/2 removed");
    assertThat(second).isEmpty();
    assertThat(Files.readString(state)).isEqualTo("3\n");
    CommandRun late = run("changes", "--since", "9");
    assertThat(late.exitCode()).isNotZero();
    assertThat(late.err()).contains("start over");
    assertThat(run("changes", "--since", "1", "--state", state.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void aWatchGoesOnBehindTheLastFrameWhenItBreaks() {
    server
        .faults()
        .plan("WatchChanges", Faults.error(Code.UNAVAILABLE, "SHUTTING_DOWN", "away", Map.of()));

    CommandRun watch = run("changes", "--since", "3", "--watch", "--json");

    assertThat(watch.out().lines())
        .extracting(
            line -> JsonParser.parseString(line).getAsJsonObject().get("name").getAsString())
        .containsExactly("books/4", "books/5");
    assertThat(watch.err()).contains("trying again");
  }
}
