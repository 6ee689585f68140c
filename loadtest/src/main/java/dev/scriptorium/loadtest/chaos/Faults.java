package dev.scriptorium.loadtest.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.scriptorium.loadtest.chaos.check.Fault;
import dev.scriptorium.loadtest.proxy.Direction;
import dev.scriptorium.loadtest.proxy.FaultProxy;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every fault, made and undone. Each method returns when what it broke is whole again as far as
 * that is the harness's to do, or when the run ends. Used by one thread.
 */
final class Faults {
  private static final String INCARNATIONS =
      """
      with recursive held (incarnation) as (
        select max(incarnation) from scriptorium.server where name = ?
        union
        select server_death.incarnation
        from scriptorium.server_death
        join held on server_death.heir = held.incarnation
      )
      select incarnation from held where incarnation is not null
      """;

  private static final Duration BACK = Duration.ofSeconds(60);
  private static final long JUMP_SECONDS = 3600;
  // How Postgres says that a transaction is on disk.
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(US_ASCII);
  private static final Pattern ATTEMPT_FROM_THIRD = Pattern.compile("\"attempt\":([3-9]|\\d\\d)");

  private static final Pattern STEP = Pattern.compile("\"event\":\"step\".*\"step\":(\\d+)");

  private final Cluster cluster;
  private final History history;
  private final Path traces;
  private final RandomGenerator random;
  private final CountDownLatch over;

  /**
   * @param traces folder that runners write to
   * @param over open when no fault may last any longer
   */
  Faults(
      Cluster cluster, History history, Path traces, RandomGenerator random, CountDownLatch over) {
    this.cluster = cluster;
    this.history = history;
    this.traces = traces;
    this.random = random;
    this.over = over;
  }

  void killRunner() throws IOException {
    WorkerNode worker = pick(cluster.workers());
    List<ProcessHandle> runners = worker.runners();
    if (runners.isEmpty()) {
      return;
    }
    // Most jobs are short: by chance alone hardly one would be hit that has something to go on
    // from.
    ProcessHandle runner = random.nextBoolean() ? pick(runners) : furthest(runners);
    // Three such deaths are proof enough against a job, and this one is innocent.
    if (ATTEMPT_FROM_THIRD.matcher(lastTrace(runner)).find()) {
      return;
    }
    long start = now();
    boolean _ = runner.destroyForcibly();
    record("kill-runner", worker.name(), start, List.of(runner.pid()), List.of());
  }

  /** The runner that has done most parts of the job that it works on. */
  private ProcessHandle furthest(List<ProcessHandle> runners) throws IOException {
    ProcessHandle found = runners.getFirst();
    int most = -1;
    for (ProcessHandle runner : runners) {
      Matcher step = STEP.matcher(lastTrace(runner));
      if (step.find() && Integer.parseInt(step.group(1)) > most) {
        most = Integer.parseInt(step.group(1));
        found = runner;
      }
    }
    return found;
  }

  private String lastTrace(ProcessHandle runner) throws IOException {
    Path trace = traces.resolve("runner-" + runner.pid() + ".jsonl");
    List<String> lines = Files.exists(trace) ? Files.readAllLines(trace) : List.of();
    return lines.isEmpty() ? "" : lines.getLast();
  }

  void killWorker() throws IOException {
    WorkerNode worker = pick(cluster.workers());
    List<Long> family = worker.process().family().stream().map(ProcessHandle::pid).toList();
    long start = now();
    worker.process().kill();
    worker.restart();
    record("kill-worker", worker.name(), start, family, List.of());
  }

  void killServer() throws IOException, InterruptedException, SQLException {
    ServerNode server = pick(cluster.servers());
    List<Long> incarnations = incarnations(List.of(server));
    server.holdDown(true);
    long start = now();
    server.process().kill();
    // Sometimes its successor comes first, sometimes the other server inherits.
    last(random.nextBoolean() ? 1_000 : 14_000);
    up(server);
    record("kill-server", server.name(), start, List.of(), incarnations);
  }

  void killAllServers() throws IOException, SQLException {
    List<Long> incarnations = incarnations(cluster.servers());
    cluster.servers().forEach(server -> server.holdDown(true));
    long start = now();
    cluster.servers().forEach(server -> server.process().kill());
    for (ServerNode server : cluster.servers()) {
      up(server);
    }
    record("kill-all-servers", "", start, List.of(), incarnations);
  }

  void killPostgres() throws IOException, InterruptedException {
    ProcessHandle postgres = cluster.services().postgres();
    boolean immediate = random.nextInt(4) > 0;
    long start = now();
    if (immediate) {
      Signals.send("QUIT", postgres.pid());
    } else {
      boolean _ = postgres.destroyForcibly();
    }
    Await.until("the end of Postgres", BACK, () -> !postgres.isAlive());
    Await.until("Postgres to answer", BACK, this::answers);
    record("kill-postgres", immediate ? "immediate stop" : "kill -9", start, List.of(), List.of());
  }

  void killRedis() {
    ProcessHandle redis = cluster.services().redis();
    long start = now();
    boolean _ = redis.destroyForcibly();
    record("kill-redis", "", start, List.of(), List.of());
  }

  void dropConnections() throws SQLException {
    long start = now();
    try (Connection connection = cluster.services().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where usename like 'scriptorium\\_%'");
    }
    record("terminate-backends", "", start, List.of(), List.of());
  }

  void freezeWorker() throws IOException, InterruptedException {
    WorkerNode worker = pick(cluster.workers());
    freeze("freeze-worker", worker.name(), worker.process().pid());
  }

  void freezeServer() throws IOException, InterruptedException {
    ServerNode server = pick(cluster.servers());
    freeze("freeze-server", server.name(), server.process().pid());
  }

  void blackHole() throws InterruptedException {
    FaultProxy link = pick(cluster.links());
    long start = now();
    link.up().hold();
    link.down().hold();
    last(3_000 + random.nextInt(10_000));
    link.heal();
    record("black-hole", link.name(), start, List.of(), List.of());
  }

  void halfOpen() throws InterruptedException {
    FaultProxy link = pick(cluster.links());
    long start = now();
    (random.nextBoolean() ? link.up() : link.down()).hold();
    last(3_000 + random.nextInt(10_000));
    link.heal();
    // Whoever waited for the other side finds the connection gone.
    link.cut();
    record("half-open", link.name(), start, List.of(), List.of());
  }

  void slowLink() throws InterruptedException {
    FaultProxy link = pick(cluster.links());
    long start = now();
    for (Direction direction : List.of(link.up(), link.down())) {
      direction.delay(Duration.ofMillis(50 + random.nextInt(150)), Duration.ofMillis(100));
      direction.limit(200_000);
    }
    last(4_000 + random.nextInt(4_000));
    link.heal();
    record("slow-link", link.name(), start, List.of(), List.of());
  }

  void cutLink() {
    FaultProxy link = pick(cluster.links());
    long start = now();
    if (random.nextBoolean()) {
      link.cut();
    } else {
      (random.nextBoolean() ? link.up() : link.down()).cutAfter(random.nextInt(4_000));
    }
    record("cut-link", link.name(), start, List.of(), List.of());
  }

  /** The next thing that is said to a client, to a worker, or by Postgres, is lost. */
  void loseReply() {
    List<FaultProxy> links = new ArrayList<>();
    cluster.servers().forEach(server -> links.addAll(List.of(server.clients(), server.database())));
    cluster.workers().forEach(worker -> links.addAll(worker.links()));
    FaultProxy link = pick(links);
    long start = now();
    link.down().cutAfter(0);
    record("lost-reply", link.name(), start, List.of(), List.of());
  }

  /** A server's next commit is done, and the server does not learn it. */
  void loseCommit() throws InterruptedException {
    ServerNode server = pick(cluster.servers());
    long start = now();
    server.database().down().cutBefore(COMMITTED);
    last(1_000);
    record("lost-commit", server.name(), start, List.of(), List.of());
  }

  void jumpClock() throws IOException, InterruptedException {
    ServerNode server = pick(cluster.servers());
    long jump = random.nextBoolean() ? JUMP_SECONDS : -JUMP_SECONDS;
    long start = now();
    server.shiftClock(jump);
    last(4_000 + random.nextInt(4_000));
    server.shiftClock(0);
    record("clock-jump", server.name() + " by " + jump + " s", start, List.of(), List.of());
  }

  void fillDisk() throws IOException, InterruptedException {
    ServerNode server = pick(cluster.servers());
    if (!server.ownDisk()) {
      return;
    }
    long start = now();
    Path ballast = server.fillDisk();
    last(3_000 + random.nextInt(3_000));
    Files.delete(ballast);
    record("disk-full", server.name(), start, List.of(), List.of());
  }

  private void freeze(String kind, String name, long pid) throws IOException, InterruptedException {
    long start = now();
    Signals.send("STOP", pid);
    last(21_000);
    Signals.send("CONT", pid);
    record(kind, name, start, List.of(), List.of());
  }

  private void up(ServerNode server) throws IOException {
    server.holdDown(false);
    server.restart();
    Await.until(server.name() + " to be ready", BACK, server::ready);
  }

  private boolean answers() throws SQLException {
    try (Connection connection = cluster.services().connect()) {
      return connection.isValid(1);
    }
  }

  /** Those that live there, and all whose jobs they have taken over. */
  private List<Long> incarnations(List<ServerNode> servers) throws SQLException {
    List<Long> found = new ArrayList<>();
    try (Connection connection = cluster.services().connect();
        var statement = connection.prepareStatement(INCARNATIONS)) {
      for (ServerNode server : servers) {
        statement.setString(1, server.name());
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found.add(rows.getLong(1));
          }
        }
      }
    }
    return found;
  }

  private void last(long millis) throws InterruptedException {
    boolean _ = over.await(millis, TimeUnit.MILLISECONDS);
  }

  private void record(
      String kind, String target, long start, List<Long> pids, List<Long> incarnations) {
    history.add(new Fault(kind, target, start, now(), pids, incarnations));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
