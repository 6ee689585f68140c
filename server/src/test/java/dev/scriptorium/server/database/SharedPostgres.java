package dev.scriptorium.server.database;

import dev.scriptorium.server.TestFolder;
import dev.scriptorium.server.embedded.EmbeddedPostgres;
import dev.scriptorium.server.embedded.PostgresSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** One embedded Postgres for all test classes of a JVM, with a migrated database to copy from. */
final class SharedPostgres implements AutoCloseable {
  private static final String TEMPLATE = "migrated";

  private final AtomicInteger databases = new AtomicInteger();
  private final TestFolder folder;
  private final EmbeddedPostgres postgres;

  SharedPostgres() {
    try {
      this.folder = TestFolder.create();
      this.postgres =
          EmbeddedPostgres.start(
              PostgresSettings.forTests(
                  folder.path().resolve("pg"), folder.path().resolve("programs")));
      execute("create database " + TEMPLATE);
      Logins logins = new Roles(superuser(TEMPLATE)).prepare();
      migrate(new Migrations(logins.owner()));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("no Postgres for the tests", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  // Each in a session of its own, as where every version was installed: what one leaves in its
  // session must not be needed by the next.
  private static void migrate(Migrations migrations) {
    for (MigrationInfo each : migrations.flyway(MigrationVersion.LATEST).info().pending()) {
      migrations.flyway(each.getVersion()).migrate();
    }
  }

  /** A new migrated database; its superuser's login. */
  Login create() {
    String name = "test_" + databases.incrementAndGet();
    execute("create database " + name + " template " + TEMPLATE);
    return superuser(name);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    folder.close();
  }

  private Login superuser(String database) {
    return new Login(postgres.jdbcUrl(database), postgres.user(), postgres.password());
  }

  private void execute(String sql) {
    Login login = superuser("postgres");
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
