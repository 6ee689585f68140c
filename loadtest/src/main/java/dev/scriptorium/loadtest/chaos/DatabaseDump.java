package dev.scriptorium.loadtest.chaos;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Copies what the ledger says into files, one line of JSON a row. */
final class DatabaseDump {
  private static final Map<String, String> QUERIES =
      Map.of(
          "job.jsonl",
              """
              select id, kind, convert_from(coalesce(payload, ''), 'UTF8') as payload,
                     extract(epoch from created_at) * 1000 as millis
              from scriptorium.job order by id
              """,
          "dispatch.jsonl",
              """
              select job_id as job, attempt, token::text as token, worker, incarnation,
                     extract(epoch from started_at) * 1000 as millis
              from scriptorium.dispatch order by job_id, attempt
              """,
          "outcome.jsonl",
              """
              select job_id as job, attempt, ending, final, coalesce(token::text, '') as token,
                     coalesce(worker, '') as worker, coalesce(cause, '') as cause,
                     coalesce(reason, '') as reason, coalesce(result_sha256, '') as result,
                     extract(epoch from ended_at) * 1000 as millis
              from scriptorium.outcome order by job_id, attempt
              """);

  private DatabaseDump() {}

  /** Writes the files. */
  static void write(Connection connection, Path folder) throws SQLException, IOException {
    for (Map.Entry<String, String> query : QUERIES.entrySet()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "select row_to_json(line)::text from (" + query.getValue() + ") line");
          BufferedWriter out = Files.newBufferedWriter(folder.resolve(query.getKey()))) {
        while (rows.next()) {
          out.write(rows.getString(1));
          out.newLine();
        }
      }
    }
  }

  /** Jobs without a final outcome. */
  static long unfinished(Connection connection) throws SQLException {
    return number(
        connection,
        """
        select count(*) from scriptorium.job
        where not exists (select from scriptorium.outcome
                          where outcome.job_id = job.id and outcome.final)
        """);
  }

  /**
   * Statements that the servers have sent since the last start of Postgres, without those that only
   * begin or end a transaction.
   */
  static long statements(Connection connection) throws SQLException {
    return number(
        connection,
        "select coalesce(sum(calls), 0) from pg_stat_statements"
            + " join pg_roles on pg_roles.oid = userid"
            + " where rolname like 'scriptorium\\_%'"
            + " and query not in ('BEGIN', 'COMMIT', 'ROLLBACK')");
  }

  /** Notifications that anybody has sent since the last start of Postgres. */
  static long notifications(Connection connection) throws SQLException {
    return number(
        connection,
        "select coalesce(sum(calls), 0) from pg_stat_statements where query ~*"
            + " '^\\s*notify|pg_notify\\s*\\(' and query not like '%pg_stat_statements%'");
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
