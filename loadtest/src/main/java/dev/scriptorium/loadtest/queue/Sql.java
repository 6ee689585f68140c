package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.system.LoneServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connections to the server's own database, past the server, as superuser. */
final class Sql {
  static final String USER = "scriptorium";

  /** The database the server works in. */
  static final String OURS = "postgres";

  private Sql() {}

  static Connection connect(LoneServer server, String database) throws IOException, SQLException {
    Properties login = new Properties();
    login.setProperty("user", USER);
    login.setProperty("password", server.databasePassword());
    login.setProperty("ApplicationName", "loadtest");
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + server.databasePort() + "/" + database, login);
    execute(connection, "set search_path to scriptorium, public");
    return connection;
  }

  /** Makes an empty database beside the server's. */
  static void createDatabase(LoneServer server, String name) throws IOException, SQLException {
    try (Connection connection = connect(server, OURS)) {
      execute(connection, "create database " + name);
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
