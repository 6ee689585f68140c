package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.fake.Faults;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsOnTheCommandLineTest {
  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @AfterEach
  void close() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  @Test
  void aServerThatIsAwayIsToldInOneLine() {
    server.close();

    CommandRun list = run("list");

    assertThat(list.exitCode()).isEqualTo(3);
    assertThat(list.err().lines()).hasSize(1);
    assertThat(list.err())
        .startsWith("scriptorium: no answer from " + server.address() + ": connection refused")
        .contains("--server HOST:PORT");
  }

  @Test
  void aWrongKeySaysWhereToPutARightOne() {
    CommandRun list =
        CommandRun.with(
            Map.of("SCRIPTORIUM_SERVER", server.address(), "SCRIPTORIUM_KEY", "wrong"),
            home,
            CommandRun.PIPE,
            "",
            "list");

    assertThat(list.exitCode()).isEqualTo(4);
    assertThat(list.err()).contains("the API key is not known; give a valid key with --key-file");
  }

  @Test
  void aMissingKeyFileIsNamed() {
    CommandRun list = run("list", "--key-file", home.resolve("none").toString());

    assertThat(list.exitCode()).isEqualTo(4);
    assertThat(list.err()).contains("none does not exist");
  }

  @Test
  void aRoleThatMayNotIsToldSo() {
    server
        .faults()
        .plan(
            "ListBooks",
            Faults.error(Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED", "readers may not", Map.of()));

    CommandRun list = run("list");

    assertThat(list.exitCode()).isEqualTo(6);
    assertThat(list.err())
        .isEqualTo("scriptorium: readers may not; use the key of a librarian or an operator\n");
  }

  @Test
  void errorsAreJsonForPrograms() {
    assertThat(run("show", "--json", "nothing").err())
        .isEqualTo(
            "{\"error\":{\"reason\":\"COMMAND\",\"message\":"
                + "\"no book matches 'nothing'; see 'scriptorium list'\",\"exit_code\":5}}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "frobnicate",
        "list --frobnicate",
        "read",
        "read emma x",
        "read emma 0",
        "import",
        "import -j 0 x",
        "passages emma --type tree",
        "list --server host:port"
      })
  void wrongUsageIsOneLineAndCodeTwo(String line) {
    CommandRun run = run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("scriptorium: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login",
        "import",
        "list",
        "show",
        "read",
        "passages",
        "entities",
        "xray",
        "facts",
        "reanalyze",
        "analysis",
        "progress",
        "cover",
        "search",
        "download",
        "delete",
        "jobs",
        "jobs cancel",
        "jobs retry",
        "jobs watch",
        "jobs show",
        "jobs dead",
        "jobs queue",
        "jobs submit",
        "jobs pause",
        "jobs resume",
        "jobs limit",
        "jobs schedule",
        "jobs schedule list",
        "jobs schedule put",
        "jobs schedule delete",
        "fleet",
        "fleet quiet",
        "fleet resume",
        "fleet drain",
        "system",
        "completion"
      })
  void everyCommandHasHelp(String line) {
    CommandRun help = run((line + " --help").split(" "));

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: scriptorium " + line);
  }
}
