package dev.scriptorium.server.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postgresql.PGConnection;

/**
 * Creates the three roles and the schema from one privileged login. The roles' passwords are
 * derived from the privileged one, so that servers sharing a database agree on them and nothing
 * more need be kept.
 */
public final class Roles {
  private static final String INVALID_PASSWORD = "28P01";
  private static final String INVALID_AUTHORIZATION = "28000";
  private static final long LOCK = 0x5343_5249_5054L;

  private final Login privileged;
  private final Logins logins;

  /**
   * @param privileged a superuser, or a role with CREATEROLE that may create a schema; with a
   *     password
   */
  public Roles(Login privileged) {
    if (privileged.password().isEmpty()) {
      throw new IllegalArgumentException(
          "the database address needs a password: those of the server's own roles derive from it");
    }
    this.privileged = privileged;
    this.logins = new Logins(derived(Logins.OWNER), derived(Logins.API), derived(Logins.SCHEDULER));
  }

  /** Makes roles, schema and settings as they have to be; does nothing twice. */
  public Logins prepare() throws SQLException {
    try (Connection connection = connect(privileged);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Two servers that start at once must not both create a role.
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      for (Login login : List.of(logins.owner(), logins.api(), logins.scheduler())) {
        ensureRole(connection, login);
      }
      ensureSchema(statement);
      connection.commit();
    }
    return logins;
  }

  private void ensureRole(Connection connection, Login login) throws SQLException {
    String role = login.user();
    try (Statement statement = connection.createStatement()) {
      if (exists(statement, "select 1 from pg_roles where rolname = '" + role + "'")) {
        if (works(login)) {
          return;
        }
      } else {
        statement.execute("create role " + role + " login nosuperuser nocreatedb nocreaterole");
      }
      for (String setting : settings(role)) {
        statement.execute("alter role " + role + " set " + setting);
      }
    }
    // Sends a SCRAM verifier: the password itself appears in no log.
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(role, login.password().toCharArray(), "scram-sha-256");
  }

  private static List<String> settings(String role) {
    String path = "search_path = scriptorium, public";
    return switch (role) {
      case Logins.API ->
          List.of(
              path,
              "statement_timeout = '10s'",
              "lock_timeout = '5s'",
              "idle_in_transaction_session_timeout = '60s'");
      case Logins.SCHEDULER ->
          List.of(
              path,
              "statement_timeout = '30s'",
              "lock_timeout = '10s'",
              // Whoever takes over waits for what a frozen server has begun; it must not for long.
              "idle_in_transaction_session_timeout = '5s'");
      default -> List.of(path, "lock_timeout = '10s'");
    };
  }

  private static void ensureSchema(Statement statement) throws SQLException {
    boolean superuser =
        exists(statement, "select 1 from pg_roles where rolname = current_user and rolsuper");
    if (!exists(statement, "select 1 from pg_namespace where nspname = 'scriptorium'")) {
      if (!superuser) {
        statement.execute("grant " + Logins.OWNER + " to current_user");
      }
      statement.execute("create schema scriptorium authorization " + Logins.OWNER);
    }
    if (superuser) {
      statement.execute("create extension if not exists pg_stat_statements schema public");
    }
    // Trusted: whoever may create in the database may have them.
    for (String extension : List.of("pg_trgm", "unaccent", "btree_gin")) {
      statement.execute("create extension if not exists " + extension + " schema public");
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static boolean works(Login login) throws SQLException {
    try (Connection connection = connect(login)) {
      return connection.isValid(5);
    } catch (SQLException e) {
      if (INVALID_PASSWORD.equals(e.getSQLState())
          || INVALID_AUTHORIZATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static Connection connect(Login login) throws SQLException {
    return DriverManager.getConnection(login.url(), login.user(), login.password());
  }

  private Login derived(String role) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(privileged.password().getBytes(UTF_8), "HmacSHA256"));
      byte[] password = mac.doFinal(("scriptorium role " + role).getBytes(UTF_8));
      return privileged.as(role, HexFormat.of().formatHex(password));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
