package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.loadtest.system.SystemProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server with its database, a no-op worker in another process, and who feeds them. */
final class Rig implements AutoCloseable {
  /** Jobs that the worker has in hand at most when it works at full speed. */
  static final int MANY_SLOTS = 4000;

  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final long STEP_NANOS = 200_000;
  private static final int LAST_WORDS = 4000;

  private final LoneServer server;
  private final Api api;
  private final Tally tally;
  private final SystemProcess worker;
  private final Feeder feeder;
  private final Ledgers ledgers;

  private Rig(LoneServer server, Ledgers ledgers, Api api) throws IOException {
    this.server = server;
    this.ledgers = ledgers;
    this.api = api;
    feeder = new Feeder(api);
    Path file = server.folder().resolve("tally");
    tally = new Tally(file);
    worker =
        server.companion(
            "noop-worker",
            List.of(
                "noop-worker",
                "--server",
                server.address(),
                "--key-file",
                server.dataDir().resolve("keys/worker.key").toString(),
                "--tally",
                file.toString()));
  }

  static Rig start(String heap, String... flags) throws IOException, SQLException {
    LoneServer server = LoneServer.start(heap, flags);
    Rig rig = null;
    try {
      rig = new Rig(server, new Ledgers(Sql.connect(server, Sql.OURS)), server.api());
      return rig;
    } finally {
      if (rig == null) {
        server.close();
      }
    }
  }

  LoneServer server() {
    return server;
  }

  Tally tally() {
    return tally;
  }

  Feeder feeder() {
    return feeder;
  }

  Ledgers ledgers() {
    return ledgers;
  }

  SystemProcess worker() {
    return worker;
  }

  /** Lets the worker have so many jobs in hand. */
  void work(int slots) {
    tally.set(Tally.Count.SLOTS, slots);
  }

  /** Jobs whose end is committed, since the start. */
  long committed() {
    return tally.get(Tally.Count.COMMITTED);
  }

  /**
   * Lets the worker do all that was submitted.
   *
   * @return jobs a second, until the last end is committed
   */
  double drain() {
    long before = committed();
    long start = System.nanoTime();
    work(MANY_SLOTS);
    awaitCommitted(feeder.submitted());
    double rate = (committed() - before) / ((System.nanoTime() - start) / 1e9);
    work(0);
    return rate;
  }

  /** Waits, with as little delay as may be, until so many ends are committed. */
  void awaitCommitted(long wanted) {
    long until = System.nanoTime() + BOUND.toNanos();
    while (committed() < wanted) {
      if (!worker.alive() || System.nanoTime() > until) {
        throw new IllegalStateException(
            "only %d of %d jobs are done:\n%s"
                .formatted(committed(), wanted, lastLines(server.process().log())));
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private static String lastLines(String log) {
    return log.substring(Math.max(0, log.length() - LAST_WORDS));
  }

  @Override
  public void close() throws SQLException {
    api.close();
    ledgers.close();
    worker.close();
    server.close();
  }
}
