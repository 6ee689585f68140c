package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.DeleteUserRequest;
import dev.scriptorium.v1.Preset;
import dev.scriptorium.v1.Role;
import dev.scriptorium.v1.ShareBookRequest;
import dev.scriptorium.v1.UnshareBookRequest;
import dev.scriptorium.v1.UpdateUserRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityCommandsTest {
  private static final String JOHN = "users/00000000-0000-4000-8000-000000000002";

  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @AfterEach
  void close() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  private Object asked() {
    return server.identity().asked().getLast();
  }

  @Test
  void usersAreListedWithRoleStateAndLimits() {
    assertThat(run("users").out())
        .isEqualTo(
            """
            USER  EMAIL             ROLE       STATE       BOOKS  BYTES  SINCE
            John                    reader     disabled                  2026-09-21 14:13
            Mary  mary@example.org  librarian  password  max 500         2026-09-21 14:13
            """);
  }

  @Test
  void aPasswordIsReadAndNeverGivenOnTheCommandLine() {
    Map<String, String> environment =
        Map.of("SCRIPTORIUM_SERVER", server.address(), "SCRIPTORIUM_KEY", FakeServer.KEY);
    CommandRun run =
        CommandRun.with(
            environment,
            home,
            CommandRun.PIPE,
            "a long sentence\nmore\n",
            "users",
            "create",
            "Mary",
            "--email",
            "mary@example.org",
            "--role",
            "librarian",
            "--password");

    CreateUserRequest request = (CreateUserRequest) asked();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("Mary, librarian\n").doesNotContain("sentence");
    assertThat(request.getPassword()).isEqualTo("a long sentence");
    assertThat(request.getUser().getRole()).isEqualTo(Role.ROLE_LIBRARIAN);
  }

  @Test
  void anUpdateNamesWhatItChangesAndAMinusLiftsALimit() {
    run("users", "update", "John", "--enable", "--max-books", "-1");

    UpdateUserRequest request = (UpdateUserRequest) asked();
    assertThat(request.getUser().getName()).isEqualTo(JOHN);
    assertThat(request.getUpdateMask().getPathsList()).containsExactly("max_books", "disabled");
    assertThat(request.getUser().hasMaxBooks()).isFalse();
    assertThat(run("users", "update", "John").exitCode()).isEqualTo(2);
    assertThat(run("users", "update", "Nobody", "--disable").exitCode()).isEqualTo(5);
  }

  @Test
  void aDeletionHasToBeMeant() {
    assertThat(run("users", "delete", "JOHN").exitCode()).isEqualTo(2);
    assertThat(server.identity().asked()).isEmpty();

    assertThat(run("users", "delete", "John", "--yes").out()).contains("3 books");
    assertThat(asked()).isEqualTo(DeleteUserRequest.newBuilder().setName(JOHN).build());
  }

  @Test
  void anExportGoesToAFileThatIsNotThereYet() throws Exception {
    Path file = home.resolve("me.jsonl");

    assertThat(run("users", "export", "-o", file.toString()).exitCode()).isZero();
    assertThat(file).hasContent("{\"n\": 1}\n{\"n\": 2}\n");
    assertThat(run("users", "export", "-o", file.toString()).exitCode()).isEqualTo(2);
    assertThat(run("users", "export").out()).isEqualTo("{\"n\": 1}\n{\"n\": 2}\n");
    assertThat(Files.size(file)).isPositive();
  }

  @Test
  void aNewKeyStandsAloneOnStandardOutput() {
    CommandRun run = run("keys", "create", "my tablet", "--for", "library", "--expires", "30d");

    CreateKeyRequest request = (CreateKeyRequest) asked();
    assertThat(run.out()).isEqualTo("scr_reader_A1b2C3d4_secret_sum\n");
    assertThat(run.err()).contains("A1b2C3d4", "not shown again");
    assertThat(request.getParent()).isEqualTo("users/me");
    assertThat(request.getPreset()).isEqualTo(Preset.PRESET_LIBRARY);
    assertThat(request.hasExpireTime()).isTrue();
  }

  @Test
  void keysAreListedAndEnded() {
    assertThat(run("keys").out()).contains("A1b2C3d4", "reader", "never");
    assertThat(run("keys", "revoke", "A1b2C3d4").out()).isEqualTo("ended A1b2C3d4  tablet\n");
  }

  @Test
  void aBookIsSharedListedAndGivenBack() {
    assertThat(run("share", "books/1", "--with", "john@example.org").out())
        .isEqualTo("John reads books/1  The Ebb\n");
    assertThat(asked())
        .isEqualTo(
            ShareBookRequest.newBuilder().setBook("books/1").setReader("john@example.org").build());
    assertThat(run("share", "--with-me").out()).contains("OWNER", "Mary");
    run("share", "books/1", "--with", "users/me", "--end");
    assertThat(asked())
        .isEqualTo(
            UnshareBookRequest.newBuilder().setBook("books/1").setReader("users/me").build());
    assertThat(run("share", "books/1").exitCode()).isEqualTo(2);
  }
}
