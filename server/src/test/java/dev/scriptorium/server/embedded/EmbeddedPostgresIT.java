package dev.scriptorium.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.Await;
import dev.scriptorium.server.JavaProcess;
import dev.scriptorium.server.TestFolder;
import dev.scriptorium.server.database.Databases;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.Logins;
import dev.scriptorium.server.database.Migrations;
import dev.scriptorium.server.database.PoolSizes;
import dev.scriptorium.server.database.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.statement.SqlLogger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static TestFolder programs;

  private TestFolder folder;

  @BeforeAll
  static void createPrograms() throws IOException {
    programs = TestFolder.create();
  }

  @AfterAll
  static void deletePrograms() throws IOException {
    programs.close();
  }

  @BeforeEach
  void createFolder() throws IOException {
    folder = TestFolder.create();
  }

  @AfterEach
  void deleteFolder() throws IOException {
    folder.close();
  }

  @Test
  void dataSurvivesARestartAndAKillOfThePostmaster() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durableSettings())) {
      execute(postgres, "create table kept (n int)");
      execute(postgres, "insert into kept values (1)");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durableSettings());
        Databases databases = databases(postgres)) {
      databases.check();
      execute(postgres, "insert into kept values (2)");
      long killed = postgres.pid().orElseThrow();

      ProcessHandle.of(killed).orElseThrow().destroyForcibly();

      Await.until("the same pool answers again", LIMIT, () -> answers(databases, killed, postgres));
      assertThat(count(postgres)).isEqualTo(2);
    }
  }

  @Test
  void itIsSetUpDurablyAndClosedToStrangers() throws Exception {
    PostgresSettings durable =
        new PostgresSettings(folder.path().resolve("pg"), programs.path(), true, 16, 20, 1 << 20);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durable)) {
      assertThat(setting(postgres, "fsync")).isEqualTo("on");
      assertThat(setting(postgres, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(postgres, "data_checksums")).isEqualTo("on");
      assertThat(setting(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(setting(postgres, "password_encryption")).isEqualTo("scram-sha-256");
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      postgres.jdbcUrl("postgres"), postgres.user(), "guessed"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(Files.getPosixFilePermissions(folder.path().resolve("pg").resolve("secret")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void itDoesNotOutliveAKilledHolder() throws Exception {
    try (JavaProcess holder = holder()) {
      ProcessHandle postgres = ProcessHandle.of(postgresOf(holder)).orElseThrow();
      assertThat(postgres.isAlive()).isTrue();

      holder.process().destroyForcibly();

      Await.until("the end of Postgres", LIMIT, () -> !postgres.isAlive());
    }
  }

  @Test
  void aSecondHolderIsToldThePidOfTheFirst() throws Exception {
    try (JavaProcess holder = holder()) {
      postgresOf(holder);

      assertThatThrownBy(() -> DataDirectory.lock(folder.path()))
          .isInstanceOf(DirectoryInUseException.class)
          .hasMessageContaining("process " + holder.process().pid());
      holder.process().destroyForcibly().onExit().join();
      awaitNoPostgres();
    }
  }

  @Test
  void aStalePidFileThatNamesAnotherProcessDoesNotBlock() throws Exception {
    EmbeddedPostgres.start(settings()).close();
    Path pidFile = folder.path().resolve("pg").resolve("18").resolve("postmaster.pid");
    // Our own process: alive, and no Postgres.
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n/elsewhere\n");

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      assertThat(setting(postgres, "port")).isNotEmpty();
    }
  }

  @Test
  void aServerThatOutlivedItsHolderIsStoppedFirst() throws Exception {
    PostgresCluster cluster = PostgresCluster.prepare(settings());
    // Without the death signal, as where setpriv is missing.
    List<String> command =
        cluster.serverCommand(EmbeddedPostgres.freePort()).stream()
            .filter(argument -> !argument.startsWith("--pdeathsig"))
            .toList();
    Process orphan =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.path().resolve("orphan.log").toFile())
            .start();
    Path pidFile = cluster.data().resolve("postmaster.pid");
    Await.until("the orphan", LIMIT, () -> isReady(pidFile));

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(postgres.pid()).isPresent();
    }
  }

  @Test
  void aParentThatIsClosedToItsUserIsNamed() throws Exception {
    Assumptions.assumeTrue(ServiceUser.needed(), "another user is needed for root alone");
    Path closed = Files.createDirectory(folder.path().resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

    assertThatThrownBy(
            () ->
                EmbeddedPostgres.start(
                    PostgresSettings.forTests(closed.resolve("data"), programs.path())))
        .isInstanceOf(DirectoryUnusableException.class)
        .hasMessageContaining("cannot enter " + closed);
  }

  private static boolean isReady(Path pidFile) throws IOException {
    return Files.exists(pidFile) && Files.readString(pidFile).contains("ready");
  }

  private JavaProcess holder() throws IOException {
    return new JavaProcess(
        folder.path().resolve("holder.log"),
        HoldsPostgres.class,
        List.of(folder.path().toString(), programs.path().toString()));
  }

  private static long postgresOf(JavaProcess holder) throws Exception {
    Await.until(
        "the holder's Postgres",
        LIMIT,
        () -> {
          if (!holder.process().isAlive()) {
            throw new AssertionError(holder.output());
          }
          return holder.output().lines().anyMatch(line -> line.startsWith("postgres "));
        });
    String line =
        holder.output().lines().filter(l -> l.startsWith("postgres ")).findFirst().orElseThrow();
    return Long.parseLong(line.substring("postgres ".length()));
  }

  // The pid file goes last.
  private void awaitNoPostgres() throws Exception {
    Path pidFile = folder.path().resolve("pg").resolve("18").resolve("postmaster.pid");
    Await.until("the end of Postgres", LIMIT, () -> !Files.exists(pidFile));
  }

  private PostgresSettings durableSettings() {
    return new PostgresSettings(folder.path().resolve("pg"), programs.path(), true, 16, 20, 0);
  }

  private PostgresSettings settings() {
    return PostgresSettings.forTests(folder.path().resolve("pg"), programs.path());
  }

  private static Databases databases(EmbeddedPostgres postgres) throws SQLException {
    Logins logins =
        new Roles(new Login(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password()))
            .prepare();
    new Migrations(logins.owner()).run();
    return new Databases(logins, new PoolSizes(2, 2), SqlLogger.NOP_SQL_LOGGER);
  }

  private static boolean answers(Databases databases, long killed, EmbeddedPostgres postgres) {
    try {
      databases.check();
      return postgres.pid().orElse(killed) != killed;
    } catch (SQLException e) {
      return false;
    }
  }

  private static int count(EmbeddedPostgres postgres) throws SQLException {
    return Integer.parseInt(query(postgres, "select count(*) from kept"));
  }

  private static String setting(EmbeddedPostgres postgres, String name) throws SQLException {
    return query(postgres, "select setting from pg_settings where name = '" + name + "'");
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
  }
}
