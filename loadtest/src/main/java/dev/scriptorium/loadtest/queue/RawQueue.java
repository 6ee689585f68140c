package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.system.LoneServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * No product: the least that a durable at-least-once queue can do over JDBC. Two loops lease 200
 * jobs, do nothing and delete them; nothing is kept of what was done. Not thread-safe.
 */
final class RawQueue implements AutoCloseable {
  private static final String NAME = "raw_queue";
  private static final int LOOPS = 2;
  private static final int BATCH = 200;

  private static final String CLAIM =
      """
      update job
      set lease_until = now() + interval '1 minute', attempts = attempts + 1
      where id = any(array(
        select id from job where lease_until is null order by id for update skip locked limit %d))
      returning id, payload
      """
          .formatted(BATCH);

  private final LoneServer server;
  private final Connection feeder;

  RawQueue(LoneServer server) throws IOException, SQLException {
    this.server = server;
    Sql.createDatabase(server, NAME);
    feeder = Sql.connect(server, NAME);
    Sql.execute(
        feeder,
        """
        create table job (
            id bigint generated always as identity primary key,
            kind text not null,
            payload int not null,
            run_at timestamptz not null default now(),
            lease_until timestamptz,
            attempts int not null default 0
        ) with (fillfactor = 70)
        """,
        "create index job_ready on job (id) where lease_until is null");
  }

  /** Adds jobs, 1000 a statement; jobs a second. */
  double bulk(int jobs) throws SQLException {
    Integer[] payloads = new Integer[Feeder.BATCH];
    Arrays.fill(payloads, -1);
    long start = System.nanoTime();
    try (PreparedStatement insert =
        feeder.prepareStatement(
            "insert into job (kind, payload) select 'noop', p from unnest(?) p")) {
      for (int done = 0; done < jobs; done += Feeder.BATCH) {
        insert.setArray(1, feeder.createArrayOf("int4", payloads));
        insert.executeUpdate();
      }
    }
    return jobs / ((System.nanoTime() - start) / 1e9);
  }

  /** Does all that waits; jobs a second. */
  double drain(int jobs) throws IOException, SQLException {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      connections.add(Sql.connect(server, NAME));
    }
    long start = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(LOOPS)) {
      List<Future<Integer>> loops =
          threads.invokeAll(
              connections.stream().<Callable<Integer>>map(c -> () -> loop(c)).toList());
      int done = 0;
      for (Future<Integer> loop : loops) {
        done += loop.get();
      }
      if (done != jobs) {
        throw new IllegalStateException(done + " jobs instead of " + jobs);
      }
    } catch (ExecutionException e) {
      throw new SQLException("a loop failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    for (Connection connection : connections) {
      connection.close();
    }
    return jobs / seconds;
  }

  private static int loop(Connection connection) throws SQLException {
    int done = 0;
    try (PreparedStatement claim = connection.prepareStatement(CLAIM);
        PreparedStatement delete =
            connection.prepareStatement("delete from job where id = any(?)")) {
      List<Long> ids = claim(claim);
      while (!ids.isEmpty()) {
        delete.setArray(1, connection.createArrayOf("int8", ids.toArray()));
        done += delete.executeUpdate();
        ids = claim(claim);
      }
    }
    return done;
  }

  private static List<Long> claim(PreparedStatement claim) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (ResultSet rows = claim.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  @Override
  public void close() throws SQLException {
    feeder.close();
  }
}
