package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.fake.FakeServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookFinderTest {
  private static final String EMMA = "0198c0de-0000-7000-8000-0000000012ef";

  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @BeforeEach
  void books() {
    server.library().add(EMMA, "Emma", "Jane Austen");
    server.library().add("0198c0de-0000-7000-8000-000000003333", "Emma and I", "Somebody");
    server.library().add("0198c0de-0000-7000-8000-000000004444", "Persuasion", "Jane Austen");
    server.library().add("0198c0de-0000-7000-8000-000000005555", "Persuasive Speech", "Other");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {EMMA, "books/" + EMMA, "12ef", "books/12ef", "000012EF", "emma", "EMMA "})
  void aBookIsFoundByNameIdOrTitle(String wanted) {
    CommandRun show = CommandRun.of(server, home, "show", wanted, "--json");

    assertThat(show.out()).contains("\"title\":\"Emma\"");
  }

  @Test
  void anAmbiguousNameListsTheCandidates() {
    CommandRun show = CommandRun.of(server, home, "show", "persua");

    assertThat(show.exitCode()).isEqualTo(2);
    assertThat(show.err())
        .isEqualTo(
            """
            scriptorium: 'persua' fits 2 books; name one by its id:
              00005555  Persuasive Speech
              00004444  Persuasion
            """);
  }

  @Test
  void threeCharactersAreTooFewForAnId() {
    CommandRun show = CommandRun.of(server, home, "show", "2ef");

    assertThat(show.exitCode()).isEqualTo(5);
    assertThat(show.err()).contains("no book matches '2ef'");
  }

  @Test
  void booksOnLaterPagesAreFound() {
    server.catalog().pagesOf(1);

    assertThat(CommandRun.of(server, home, "show", "emma", "--json").exitCode()).isZero();
  }
}
