package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.fake.Faults;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Replacement;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that were cut, and files that take the place of others. */
class UploadCommandsTest {
  private static final int MEGABYTE = 1 << 20;
  private static final String BOOK = "01939e5a-7c00-7000-8000-000000000001";

  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @AfterEach
  void close() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  private String file(String name, int bytes) throws IOException {
    return Files.write(home.resolve(name), new byte[bytes]).toString();
  }

  @Test
  void anImportGoesOnAfterACut() throws IOException {
    server.uploads().cutAfter(MEGABYTE);

    CommandRun run = run("import", "--no-wait", file("Emma.epub", 3 * MEGABYTE));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("stored Emma.epub");
    assertThat(server.uploads().offsets()).containsExactly(0L, (long) MEGABYTE);
  }

  @Test
  void uploadsThatWereCutAreListedAndForgotten() throws IOException {
    server.uploads().cutAfter(MEGABYTE);
    server.faults().plan("GetUpload", Faults.error(Code.INTERNAL, "INTERNAL", "broken", Map.of()));
    CommandRun cut = run("import", file("Emma.epub", 3 * MEGABYTE));
    assertThat(cut.exitCode()).isNotZero();

    CommandRun listed = run("uploads");
    String name = listed.out().lines().toList().getLast().replaceAll(" .*", "");
    CommandRun cancelled = run("uploads", "--cancel", name);

    assertThat(listed.out()).contains("Emma.epub", "1.0 MB", "3.1 MB");
    assertThat(cancelled.out().strip()).isEqualTo("forgot Emma.epub");
    assertThat(run("uploads").out()).isEmpty();
    assertThat(run("uploads", "--cancel", name).exitCode()).isEqualTo(5);
  }

  @Test
  void aBookGetsAnotherFileAndItIsSaidWhoMovedAlong() throws IOException {
    server.library().add(BOOK, "Emma", "Jane Austen");
    server
        .uploads()
        .replacementEnds(
            Replacement.newBuilder()
                .setState(Replacement.State.STATE_DONE)
                .setFileName("Emma 2.epub")
                .setPlaceCount(3)
                .setLostCount(1)
                .build());

    CommandRun run = run("replace", "emma", file("Emma 2.epub", 100));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().strip())
        .isEqualTo(
            "the book has Emma 2.epub now; 3 readers moved along, 1 of them by proportion alone");
    assertThat(server.uploads().content()).hasSize(100);
  }

  @Test
  void aReplacementThatFailsIsTold() throws IOException {
    server.library().add(BOOK, "Emma", "Jane Austen");
    server
        .uploads()
        .replacementEnds(
            Replacement.newBuilder()
                .setState(Replacement.State.STATE_FAILED)
                .setFileName("Emma 2.epub")
                .setFailure(
                    Failure.newBuilder()
                        .setReason(ErrorReason.ERROR_REASON_FILE_CORRUPT)
                        .setMessage("the archive is torn"))
                .build());
    String file = file("Emma 2.epub", 100);

    CommandRun run = run("replace", "emma", file);
    CommandRun json = run("replace", "emma", file, "--no-wait", "--json");
    CommandRun missing = run("replace", "emma", home.resolve("none.epub").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().strip())
        .isEqualTo(
            "FAILED Emma 2.epub  file corrupt: the archive is torn; the book stays as it was");
    assertThat(JsonParser.parseString(json.out()).getAsJsonObject().get("state").getAsString())
        .isEqualTo("PENDING");
    assertThat(missing.exitCode()).isEqualTo(2);
  }

  @Test
  void editionsOfOneWorkAreListed() {
    server.library().add(BOOK, "Emma", "Jane Austen");
    server.library().add(BOOK.replace("0001", "0002"), "Emma, illustrated", "Jane Austen");

    assertThat(run("duplicates").out())
        .isEqualTo(
            """
            BOOK      TITLE  OTHER     ITS TITLE          ALIKE
            00000001  Emma   00000002  Emma, illustrated   50 %
            """);
    assertThat(run("duplicates", "books/" + BOOK).out())
        .isEqualTo(
            """
            BOOK      TITLE              FORMAT                ALIKE
            00000002  Emma, illustrated  application/epub+zip   88 %
            """);
  }
}
