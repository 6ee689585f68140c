package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.proxy.FaultProxy;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.loadtest.system.Services;
import dev.scriptorium.loadtest.system.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Two servers on one Postgres and one Redis, two workers, and a proxy on every link. */
final class Cluster implements AutoCloseable {
  private static final int SERVERS = 2;
  private static final int WORKERS = 2;
  private static final Duration READY_BOUND = Duration.ofSeconds(60);

  private final Services services;
  private final List<ServerNode> servers = new ArrayList<>();
  private final List<WorkerNode> workers = new ArrayList<>();

  /** Starts everything and waits until both servers serve. */
  Cluster(Installation installation, Path folder, RandomGenerator random) throws IOException {
    services = Services.start(installation, folder.resolve("services"));
    try {
      for (int number = 1; number <= SERVERS; number++) {
        String name = "server-" + number;
        servers.add(new ServerNode(installation, services, name, folder.resolve(name), random));
        // One after the other: the first migrates the database.
        awaitReady(servers.getLast());
      }
      for (int number = 1; number <= WORKERS; number++) {
        String name = "worker-" + number;
        workers.add(new WorkerNode(installation, name, folder.resolve(name), servers, random));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  Services services() {
    return services;
  }

  List<ServerNode> servers() {
    return servers;
  }

  List<WorkerNode> workers() {
    return workers;
  }

  /** Every link, each once. */
  List<FaultProxy> links() {
    List<FaultProxy> all = new ArrayList<>();
    servers.forEach(server -> all.addAll(server.links()));
    workers.forEach(worker -> all.addAll(worker.links()));
    return all;
  }

  String operatorKey() throws IOException {
    return Files.readString(servers.getFirst().keyFile("operator")).strip();
  }

  /** Ends all faults that last, and starts what is not running. */
  void heal() throws IOException, InterruptedException {
    links().forEach(FaultProxy::heal);
    for (ServerNode server : servers) {
      Signals.send("CONT", server.process().pid());
      server.restart();
    }
    for (WorkerNode worker : workers) {
      Signals.send("CONT", worker.process().pid());
      worker.restart();
    }
    servers.forEach(Cluster::awaitReady);
  }

  static void awaitReady(ServerNode server) {
    Await.until(server.name() + " to be ready", READY_BOUND, server::ready);
  }

  @Override
  public void close() throws IOException {
    for (WorkerNode worker : workers) {
      worker.close();
    }
    for (ServerNode server : servers) {
      server.close();
    }
    services.close();
  }
}
