package dev.scriptorium.loadtest.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Counts how often Postgres has read a large table from end to end. */
final class SequentialScans {
  private static final int LARGE = 10_000;

  private final Connection connection;
  private final Map<String, Long> before;

  /**
   * @param connection as superuser; nothing else may work in the database but what is looked at
   */
  SequentialScans(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      // A vacuum that brings a BRIN index up to date counts as if a statement had read the table.
      statement.execute("alter table scriptorium.change set (autovacuum_enabled = false)");
    }
    this.before = counts();
  }

  /** Large tables that were read from end to end since, and how often. */
  Map<String, Long> since() throws SQLException {
    Map<String, Long> scans = new TreeMap<>(counts());
    before.forEach((table, count) -> scans.computeIfPresent(table, (_, now) -> now - count));
    scans.values().removeIf(count -> count == 0);
    return scans;
  }

  /** How many tables are large. */
  int tables() {
    return before.size();
  }

  private Map<String, Long> counts() throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select s.relname, s.seq_scan from pg_stat_user_tables s
                join pg_class c on c.oid = s.relid
                where s.schemaname = 'scriptorium' and c.reltuples >= %d
                """
                    .formatted(LARGE))) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }
}
