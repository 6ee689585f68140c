package dev.scriptorium.loadtest.queue;

import java.sql.Connection;
import java.sql.SQLException;

/** What the queue's tables hold, seen by the database's superuser. Not thread-safe. */
final class Ledgers implements AutoCloseable {
  private static final String HOT =
      """
      select c.oid::regclass as name
      from pg_class as c
      join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname = 'scriptorium' and c.relkind = 'r'
        and c.relname ~ '^(job|dispatch|outcome|checkpoint)(_[0-9]+)?$'
      """;

  private final Connection connection;

  Ledgers(Connection connection) throws SQLException {
    this.connection = connection;
    Sql.execute(connection, "create extension if not exists pgstattuple");
  }

  /** Position of the write-ahead log, in bytes. */
  long log() throws SQLException {
    return Sql.number(connection, "select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint");
  }

  void checkpoint() throws SQLException {
    Sql.execute(connection, "checkpoint");
  }

  /** Dead rows of the tables of jobs, counted one by one. */
  long dead() throws SQLException {
    return Sql.number(
        connection,
        "select coalesce(sum((pgstattuple(name)).dead_tuple_count), 0)::bigint from (" + HOT + ")");
  }

  long outcomes() throws SQLException {
    return Sql.number(connection, "select count(*) from outcome");
  }

  /** Statements since the statistics began, of every role but our own. */
  long statements() throws SQLException {
    return Sql.number(
        connection,
        """
        select coalesce(sum(calls), 0)::bigint
        from pg_stat_statements
        where userid <> (select oid from pg_roles where rolname = current_user)
        """);
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
