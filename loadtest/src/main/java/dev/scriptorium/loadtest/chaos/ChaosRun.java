package dev.scriptorium.loadtest.chaos;

import com.google.gson.Gson;
import dev.scriptorium.loadtest.chaos.check.Records.Quiet;
import dev.scriptorium.loadtest.proxy.FaultProxy;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: starts everything, loads it, breaks it, lets it rest, and leaves records in a folder.
 */
final class ChaosRun {
  private static final Logger LOG = LoggerFactory.getLogger(ChaosRun.class);
  private static final int CLIENTS = 8;
  private static final Duration QUIET_BOUND = Duration.ofSeconds(75);
  private static final Duration ANSWER_BOUND = Duration.ofSeconds(40);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration TIDY_BOUND = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 250;

  private final Plan plan;
  private final Path folder;
  private final CountDownLatch faultsOver = new CountDownLatch(1);
  private final CountDownLatch loadOver = new CountDownLatch(1);
  private final CountDownLatch giveUp = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param folder for the records; exists and is empty
   */
  ChaosRun(Plan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /** Does it all and returns when every process has ended. */
  void run() throws IOException, SQLException, InterruptedException {
    Path traces = Files.createDirectory(folder.resolve("traces"));
    Files.setPosixFilePermissions(traces, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path processes = Files.createDirectory(folder.resolve("processes"));
    try (Cluster cluster = new Cluster(Installation.find(), processes, new Random(plan.seed()));
        History history = new History(folder.resolve("history.jsonl"));
        History faults = new History(folder.resolve("faults.jsonl"))) {
      takeAway(cluster);
      Thread keeper = Thread.ofVirtual().start(() -> keep(cluster));
      List<Submitter> clients = clients(cluster, traces, history);
      List<Thread> load = clients.stream().map(Thread::startVirtualThread).toList();
      List<Thread> lanes = new ArrayList<>();
      for (FaultLane lane : new FaultPlan(plan, cluster, faults, traces, faultsOver).lanes()) {
        lanes.add(Thread.startVirtualThread(lane));
      }
      boolean _ = ended.await(plan.duration().toMillis(), TimeUnit.MILLISECONDS);
      faultsOver.countDown();
      for (Thread lane : lanes) {
        lane.join();
      }
      cluster.heal();
      long healed = System.currentTimeMillis();
      loadOver.countDown();
      for (Thread client : load) {
        client.join(ANSWER_BOUND);
      }
      giveUp.countDown();
      Quiet quiet = rest(cluster, healed, load);
      Files.writeString(folder.resolve("quiet.json"), new Gson().toJson(quiet));
      try (Connection connection = cluster.services().connect()) {
        DatabaseDump.write(connection, folder);
      }
      ended.countDown();
      keeper.join();
      clients.forEach(Submitter::close);
    }
  }

  private void takeAway(Cluster cluster) throws SQLException {
    try (Connection connection = cluster.services().connect();
        Statement statement = connection.createStatement()) {
      for (Guard guard : plan.without()) {
        for (String sql : guard.statements()) {
          statement.execute(sql);
        }
      }
    }
  }

  private List<Submitter> clients(Cluster cluster, Path traces, History history)
      throws IOException {
    Map<String, String> addresses = new LinkedHashMap<>();
    cluster.servers().forEach(s -> addresses.put(s.name(), s.clients().address()));
    long start = System.nanoTime();
    Submitter.Pace pace =
        new Submitter.Pace(
            plan.requestPause().toMillis(),
            loadOver,
            giveUp,
            () -> plan.poison((double) (System.nanoTime() - start) / plan.duration().toNanos()));
    List<Submitter> clients = new ArrayList<>();
    for (int number = 1; number <= CLIENTS; number++) {
      Random random = new Random(plan.seed() * 1000 + number);
      JobMix mix = new JobMix(random, traces, plan.without());
      clients.add(
          new Submitter(
              "client" + number, addresses, cluster.operatorKey(), mix, history, random, pace));
    }
    return clients;
  }

  /** Starts again what has ended, as an init system would. */
  private void keep(Cluster cluster) {
    try {
      while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        for (ServerNode server : cluster.servers()) {
          server.restart();
        }
        for (WorkerNode worker : cluster.workers()) {
          worker.restart();
        }
      }
    } catch (IOException e) {
      LOG.error("a process could not be started again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Quiet rest(Cluster cluster, long healed, List<Thread> load)
      throws SQLException, InterruptedException, IOException {
    long bound = System.nanoTime() + QUIET_BOUND.toNanos();
    try (Connection connection = cluster.services().connect()) {
      long unfinished = DatabaseDump.unfinished(connection);
      while (unfinished > 0 && System.nanoTime() < bound) {
        boolean _ = ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        unfinished = DatabaseDump.unfinished(connection);
      }
      long quiet = System.currentTimeMillis();
      // What was said last is still on its way, and workers may still come back to their servers.
      boolean _ = ended.await(3, TimeUnit.SECONDS);
      long statements = DatabaseDump.statements(connection);
      long notifications = DatabaseDump.notifications(connection);
      boolean _ = ended.await(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      statements = DatabaseDump.statements(connection) - statements;
      notifications = DatabaseDump.notifications(connection) - notifications;
      List<String> left = leftOvers(cluster, load);
      while (!left.isEmpty() && System.currentTimeMillis() - healed < TIDY_BOUND.toMillis()) {
        boolean _ = ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        left = leftOvers(cluster, load);
      }
      return new Quiet(
          healed,
          quiet,
          unfinished,
          (double) statements / IDLE.toSeconds(),
          notifications,
          cluster.servers().size(),
          cluster.workers().size() * WorkerNode.RUNNERS,
          left);
    }
  }

  private static List<String> leftOvers(Cluster cluster, List<Thread> load) throws IOException {
    List<String> left = new ArrayList<>();
    if (load.stream().anyMatch(Thread::isAlive)) {
      left.add("a client without an answer");
    }
    for (WorkerNode worker : cluster.workers()) {
      if (Files.isDirectory(worker.jobs())) {
        try (var files = Files.list(worker.jobs())) {
          files.forEach(file -> left.add(file.toString()));
        }
      }
      // One is the successor that gets ready while its predecessor still runs.
      if (worker.runners().size() > 3) {
        left.add(worker.runners().size() + " runners of " + worker.name());
      }
    }
    for (FaultProxy link : cluster.links()) {
      if (link.connections() > 60) {
        left.add(link.connections() + " connections from " + link.name());
      }
    }
    return left;
  }
}
