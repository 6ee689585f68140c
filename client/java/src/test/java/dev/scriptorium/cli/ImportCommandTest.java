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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @AfterEach
  void close() {
    server.close();
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(home.resolve(name), content).toString();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  @Test
  void anImportedBookIsOneLineInAPipe() throws IOException {
    CommandRun run = run("import", file("Emma.epub", "Emma Woodhouse"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith(
            "imported Emma.epub  3 chapters, 1,000 words; "
                + "visible 0.4 s, readable 1.3 s, analyzed 6.3 s");
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.err()).doesNotContain("\u001b");
  }

  @Test
  void theSameFileIsThereAlready() throws IOException {
    String emma = file("Emma.epub", "Emma Woodhouse");
    run("import", emma);

    CommandRun again = run("import", emma);

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).startsWith("already there Emma.epub");
  }

  @Test
  void aFailedBookIsToldWithItsReasonAndLimitAndTheOthersGoOn() throws IOException {
    CommandRun run =
        run(
            "import",
            file("Bomb.epub", "DRM"),
            file("Emma.epub", "Emma Woodhouse"),
            file("Empty.epub", ""),
            home.resolve("Missing.epub").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "FAILED Bomb.epub  LIMIT_EXCEEDED: Bomb.epub has too many entries (limit"
                + " entries=10000)")
        .contains("imported Emma.epub")
        .contains("FAILED Empty.epub  FILE_EMPTY: the file is empty")
        .contains("FAILED Missing.epub  FILE_UNREADABLE: the file does not exist");
    assertThat(run.err()).endsWith("4 books: 1 imported, 3 failed\n");
  }

  @Test
  void jsonHasOneLineABook() throws IOException {
    CommandRun run = run("import", "--json", file("Bomb.epub", "DRM"), file("Emma.epub", "Emma"));

    List<JsonObject> lines =
        run.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(lines).hasSize(2);
    JsonObject bomb =
        lines.stream().filter(line -> line.toString().contains("Bomb")).findFirst().orElseThrow();
    assertThat(bomb.get("status").getAsString()).isEqualTo("failed");
    assertThat(bomb.get("error").toString())
        .isEqualTo(
            "{\"reason\":\"LIMIT_EXCEEDED\",\"message\":\"Bomb.epub has too many entries\","
                + "\"limit\":\"entries=10000\"}");
    JsonObject emma =
        lines.stream().filter(line -> line.toString().contains("Emma")).findFirst().orElseThrow();
    assertThat(emma.keySet()).containsExactly("file", "status", "duplicate", "book", "error");
    assertThat(emma.get("status").getAsString()).isEqualTo("imported");
    assertThat(emma.get("error").isJsonNull()).isTrue();
  }

  @Test
  void aFolderStandsForTheBooksBelowIt() throws IOException {
    Files.createDirectories(home.resolve("books/deep"));
    Files.createDirectories(home.resolve("books/.hidden"));
    file("books/a.EPUB", "a");
    file("books/deep/b.fb2.zip", "b");
    file("books/deep/notes.doc", "c");
    file("books/.hidden/d.epub", "d");

    CommandRun run = run("import", home.resolve("books").toString());

    assertThat(run.out()).contains("a.EPUB", "b.fb2.zip").doesNotContain("notes.doc", "d.epub");
    assertThat(run.err()).endsWith("2 books: 2 imported\n");
  }

  @Test
  void aFolderWithoutBooksIsWrongUsage() throws IOException {
    Files.createDirectories(home.resolve("empty"));

    assertThat(run("import", home.resolve("empty").toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void barsAreDrawnAndRemovedInATerminal() throws IOException {
    String emma = file("Emma.epub", "Emma Woodhouse");

    CommandRun run = CommandRun.of(server, home, CommandRun.SCREEN, "import", emma);

    assertThat(run.out())
        .startsWith("✓ Emma.epub  3 chapters, 1,000 words, 0.4 / 1.3 / 6.3 s  ")
        .satisfies(line -> assertThat(Cells.width(line.strip())).isLessThanOrEqualTo(80));
    assertThat(run.err()).startsWith("\u001b[?25l").endsWith("\u001b[J\u001b[?25h");
  }

  @Test
  void aLongCauseIsBrokenAtBlanksInATerminal() throws IOException {
    String bomb = file("A book with a rather long name, but a short life.epub", "DRM");

    CommandRun run = CommandRun.of(server, home, CommandRun.SCREEN, "import", bomb);

    assertThat(run.out().lines())
        .hasSizeGreaterThan(1)
        .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(80));
    assertThat(run.out().replaceAll("\\s+", " ")).contains("(limit entries=10000)");
  }

  @Test
  void uploadingAloneDoesNotWait() throws IOException {
    server.catalog().holdImports();

    CommandRun run = run("import", "--no-wait", file("Emma.epub", "Emma Woodhouse"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("stored Emma.epub");
    assertThat(server.catalog().watches()).isEmpty();
  }

  @Test
  void whatTheServerLacksDecidesTheExitCodeWhenNothingElseFailed() throws IOException {
    server
        .faults()
        .plan(
            "UploadBook",
            Faults.error(
                Code.RESOURCE_EXHAUSTED,
                "DISK_FULL",
                "the disk is full",
                Map.of("limit_bytes", "1000000")));

    CommandRun run = run("import", file("Emma.epub", "Emma Woodhouse"));

    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.out())
        .contains("FAILED Emma.epub  DISK_FULL: the disk is full (limit 1000000 bytes)");
  }

  @Test
  void anInterruptStopsUploadsAndTellsWhatGoesOn() throws Exception {
    server.catalog().holdImports();
    String emma = file("Emma.epub", "Emma Woodhouse");
    CompletableFuture<CommandRun> ended = new CompletableFuture<>();
    Thread command = Thread.ofVirtual().start(() -> ended.complete(run("import", emma)));
    while (server.catalog().watches().isEmpty() && command.isAlive()) {
      Thread.onSpinWait();
    }

    command.interrupt();

    CommandRun run = ended.get(10, TimeUnit.SECONDS);
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.err()).contains("Going on at the server: Emma.epub; see 'scriptorium list'.");
  }

  @Test
  void anInterruptedUploadIsToldAsNotUploaded() throws Exception {
    server.catalog().holdUploads();
    String emma = file("Emma.epub", "Emma Woodhouse");
    CompletableFuture<CommandRun> ended = new CompletableFuture<>();
    Thread command = Thread.ofVirtual().start(() -> ended.complete(run("import", emma)));
    while (server.catalog().uploads().isEmpty() && command.isAlive()) {
      Thread.onSpinWait();
    }

    command.interrupt();

    CommandRun run = ended.get(10, TimeUnit.SECONDS);
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.err()).contains("Not uploaded, import again: Emma.epub.");
  }
}
