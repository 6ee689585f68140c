package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.fake.FakeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static final String DRACULA = "0198c0de-0000-7000-8000-00000000abcd";
  private static final String EMMA = "0198c0de-0000-7000-8000-0000000012ef";

  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @BeforeEach
  void books() {
    server.library().add(DRACULA, "Dracula", "Bram Stoker");
    server.library().add(EMMA, "Emma", "Jane Austen");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  private CommandRun onScreen(String... arguments) {
    return CommandRun.of(server, home, CommandRun.SCREEN, arguments);
  }

  @Test
  void listShowsATableInAPipeWithoutAnyColour() {
    CommandRun list = run("list");

    assertThat(list.exitCode()).isZero();
    assertThat(list.out())
        .isEqualTo(
            """
            BOOK      TITLE    AUTHOR       STATE     CHAPTERS   WORDS  READ
            0000abcd  Dracula  Bram Stoker  analyzed        24  75,012     -
            000012ef  Emma     Jane Austen  analyzed        24  75,012     -
            """);
  }

  @Test
  void aTableFitsTheTerminal() {
    server
        .library()
        .add("0198c0de-0000-7000-8000-000000005555", "A very long title ".repeat(9), "X");

    assertThat(onScreen("list").out().lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(80));
    assertThat(run("list").out()).contains("A very long title ".repeat(9).strip());
  }

  @Test
  void jsonHasOneLineABookWithEveryField() {
    CommandRun list = run("list", "--json");

    List<String> lines = list.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonObject book = JsonParser.parseString(lines.getFirst()).getAsJsonObject();
    assertThat(book.get("name").getAsString()).isEqualTo("books/" + DRACULA);
    assertThat(book.get("state").getAsString()).isEqualTo("ANALYZED");
    assertThat(book.get("size_bytes").getAsLong()).isEqualTo(1_234_567);
    assertThat(book.get("create_time").getAsString()).isEqualTo("2026-09-21T14:13:20Z");
    assertThat(book.get("failure").isJsonNull()).isTrue();
    assertThat(book.get("series_index").isJsonNull()).isTrue();
    assertThat(book.get("description").getAsString()).isEmpty();
    assertThat(book.getAsJsonArray("stages").get(0).toString())
        .isEqualTo("{\"tier\":1,\"state\":\"DONE\",\"percent\":100,\"elapsed_millis\":412}");
  }

  @Test
  void showTellsWhatWasFound() {
    CommandRun show = run("show", "dracula");

    assertThat(show.out())
        .contains("24 chapters, 75,012 words")
        .contains("visible 0.4 s, readable 1.3 s, analyzed 6.3 s")
        .contains("Characters  Mina Murray (120)")
        .contains("Places      Whitby (40)")
        .contains("A castle stood on the cliff.")
        .contains("Chapter 2");
  }

  @Test
  void readGivesTheTextAsItIsInAPipeAndWrappedInATerminal() {
    assertThat(run("read", "Dracula", "1").out())
        .startsWith("It was a dark night. ")
        .endsWith("\n\nThen it stopped.\n");
    assertThat(onScreen("read", "Dracula", "1").out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(run("read", "Dracula", "1", "--html").out())
        .isEqualTo("<p>It was a dark night.</p>\n");
  }

  @Test
  void aTitleThatTheTextBeginsWithIsPrintedOnce() {
    assertThat(ReadCommand.titleLength("I\n\nThe Mill\n\nIt was.", "I The Mill")).isEqualTo(11);
    assertThat(ReadCommand.titleLength("I saw it.", "I")).isZero();
    assertThat(ReadCommand.titleLength("It was.", "The Mill")).isZero();
    assertThat(ReadCommand.titleLength("", "The Mill")).isZero();
  }

  @Test
  void whatABookSaysCannotSteerTheTerminal() {
    server.library().add("0198c0de-0000-7000-8000-000000006666", "Evil\u001b[2J\u0007", "Y");

    assertThat(onScreen("list").out()).contains("Evil[2J").doesNotContain("\u001b", "\u0007");
  }

  @Test
  void passagesAndEntitiesAreListed() {
    assertThat(run("passages", "emma", "--type", "location", "--chapter", "2").out())
        .isEqualTo("87  location, chapter 2 at 10\n    A castle stood on the cliff.\n");
    assertThat(run("entities", "emma", "--type", "place").out())
        .isEqualTo(
            """
            TYPE   NAME    MENTIONS  FIRST IN  ALSO CALLED
            place  Whitby        40         1  Whit
            """);
    assertThat(run("entities", "emma", "--json").out().lines()).hasSize(2);
  }

  @Test
  void aTerminalShowsPassagesAsCardsAndEntitiesWithBars() {
    assertThat(onScreen("passages", "emma").out())
        .contains(
            "Location, atmosphere", "chapter 2", "●●●●○ 87", "  │ A castle stood on the cliff.")
        .contains("first mention");
    assertThat(onScreen("entities", "emma").out())
        .contains("CHARACTER", "Mina Murray", "PLACE", "Whitby", "████████████████")
        .doesNotContain("TYPE");
  }

  @Test
  void oneEntityIsShownClosely() {
    String portrait = onScreen("entities", "emma", "mina").out();

    assertThat(portrait)
        .contains("Mina Murray", "120 mentions in 2 chapters", "also called Mina")
        .contains("appears     ▂█")
        .contains("31 lines altogether", "  │ “We are all here.”");
    CommandRun nobody = run("entities", "emma", "Ahab");
    assertThat(nobody.exitCode()).isEqualTo(5);
    assertThat(nobody.err()).contains("'Ahab'");
  }

  @Test
  void theXRayIsCutAtTheReadersPlace() {
    assertThat(run("xray", "emma").err()).contains("Nobody met so far");

    run("progress", "emma", "25%");

    assertThat(run("xray", "emma").out())
        .contains("You are in chapter 2", "Whitby", "in this chapter 3 times");
    assertThat(run("xray", "emma", "--at", "x%").exitCode()).isEqualTo(2);
  }

  @Test
  void factsAreShownForTheBookAndItsChapters() {
    assertThat(run("facts", "emma").out())
        .contains("75,000 words, 4,000 sentences")
        .contains("5 h 29 m")
        .contains("36 of 100, easy")
        .contains("coffin")
        .contains("adaptive, 2,100 paragraphs; learned 12 ms, shape failed; weights v7")
        .contains("3,000");
    assertThat(run("facts", "emma", "--json").out()).contains("\"formula\":\"LIX\"");
  }

  @Test
  void aBookIsAnalyzedAnew() {
    assertThat(run("reanalyze", "emma").out()).isEqualTo("started, 5 jobs\n");
  }

  @Test
  void howBooksAreAnalyzedIsShownAndSet() {
    assertThat(run("analysis").out()).contains("ensemble").contains("learned");

    CommandRun changed =
        run("analysis", "me", "--mode", "adaptive", "--member", "shape=2.5", "--member", "lexicon");
    assertThat(changed.out()).contains("adaptive").contains("shape x2.5, lexicon");
    assertThat(run("analysis", "--mode", "single").out()).contains("single", "shape x2.5");

    CommandRun wrong = run("analysis", "--member", "everyone");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("'everyone' is no member");
  }

  @Test
  void progressIsShownAndSet() {
    assertThat(run("progress", "emma").out()).isEqualTo("not opened yet\n");
    assertThat(run("progress", "emma", "25%").out()).startsWith("applied: 25.0%, chapter 7");
    CommandRun conflict = run("progress", "emma", "10", "--base", "0");
    assertThat(conflict.exitCode()).isEqualTo(1);
    assertThat(conflict.err()).contains("--policy");
    assertThat(run("progress", "emma", "10", "--base", "0", "--policy", "force").exitCode())
        .isZero();
    assertThat(run("progress", "emma", "101%").exitCode()).isEqualTo(2);
  }

  @Test
  void aCoverIsSaved() throws IOException {
    Path file = home.resolve("cover.png");

    assertThat(run("cover", "emma", "-o", file.toString()).exitCode()).isZero();

    assertThat(Files.readString(file)).isEqualTo("picture");
  }

  @Test
  void placesAreShownWithTheWordsThatWereFound() {
    String out = run("search", "white", "whale").out();

    assertThat(out)
        .contains("Moby-Dick (chapter 3 at 7)")
        .contains("    a 😀 *white* whale")
        .contains("    *whale*");
    assertThat(run("search", "white", "whale", "-n", "1").out()).doesNotContain("    *whale*");
    assertThat(run("search", "nothing").err()).contains("Nothing is found.");
    assertThat(run("search", "--titles", "emma").out()).startsWith("Emma");
    assertThat(run("search", "--titles", "--book", "emma", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void aDownloadIsCompletedAndChecked() throws IOException {
    Path file = home.resolve("book.txt");
    Files.writeString(home.resolve("book.txt.part"), "a b");

    assertThat(run("download", "emma", "-o", file.toString()).exitCode()).isZero();

    assertThat(Files.readString(file)).isEqualTo("a book");
    assertThat(home.resolve("book.txt.part")).doesNotExist();
    Files.writeString(home.resolve("book.txt.part"), "x b");
    assertThat(run("download", "emma", "-o", file.toString()).err())
        .contains("not what was uploaded");
  }

  @Test
  void aDeletedBookIsGone() {
    assertThat(run("delete", "emma").out()).isEqualTo("deleted 000012ef  Emma\n");
    assertThat(run("show", "emma").exitCode()).isEqualTo(5);
  }

  @Test
  void oneWrongNameDeletesNothing() {
    assertThat(run("delete", "emma", "nothing").exitCode()).isEqualTo(5);
    assertThat(run("list").out()).contains("Emma");
  }

  @Test
  void jobsAreListedAndWorkedOn() {
    assertThat(run("jobs").out())
        .contains("RUNNER_CRASHED: the runner ran out of memory")
        .contains("running 40%");
    assertThat(run("jobs", "dracula", "--state", "failed").exitCode()).isZero();
    assertThat(run("jobs", "show", "7").out()).contains("crashed (OOM_HEAP)");
    assertThat(run("jobs", "cancel", "8").out()).startsWith("8  parse  running 40%");
    assertThat(run("jobs", "retry", "jobs/7").out()).startsWith("7 is done again as 7  parse");
    assertThat(run("jobs", "--json", "show", "7").out()).startsWith("{\"name\":\"jobs/7\"");
    assertThat(run("jobs", "--server", "127.0.0.1:1", "show", "7").exitCode()).isEqualTo(3);
    assertThat(run("jobs", "watch", "7").exitCode()).isEqualTo(1);
    assertThat(run("jobs", "cancel", "7").err()).contains("job 7 has failed already");
    assertThat(run("jobs", "cancel", "9").exitCode()).isEqualTo(5);
    assertThat(run("jobs", "cancel", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void theSystemIsShown() {
    assertThat(run("system").out())
        .contains("Scriptorium 9.9.9 on fake")
        .contains("database  ok     in memory");
  }

  @Test
  void loginRemembersTheKeyForItsServerAlone() throws IOException {
    Map<String, String> none = Map.of();
    CommandRun login =
        CommandRun.with(
            none,
            home,
            CommandRun.PIPE,
            FakeServer.KEY + "\n",
            "login",
            "--server",
            server.address());
    CommandRun list = CommandRun.with(none, home, CommandRun.PIPE, "", "list");
    CommandRun other =
        CommandRun.with(none, home, CommandRun.PIPE, "", "list", "--server", "127.0.0.1:1");

    assertThat(login.exitCode()).isZero();
    assertThat(login.out()).contains("as test operator");
    assertThat(list.out()).contains("Dracula");
    assertThat(other.exitCode()).isEqualTo(4);
    assertThat(other.err()).contains("no API key for 127.0.0.1:1");
    Path config = home.resolve(".config/scriptorium/config.json");
    assertThat(Files.getPosixFilePermissions(config)).hasSize(2);
  }

  @Test
  void aRefusedKeyIsNotRemembered() {
    CommandRun login =
        CommandRun.with(
            Map.of(), home, CommandRun.PIPE, "wrong", "login", "--server", server.address());

    assertThat(login.exitCode()).isEqualTo(4);
    assertThat(home.resolve(".config")).doesNotExist();
  }
}
