package dev.scriptorium.loadtest.simulate;

import java.util.List;

/** Makes things go wrong. */
final class Storm {
  private static final long HOUR = 3_600_000;

  private final World world;
  private final SimulatedLedger ledger;
  private final List<SimulatedServer> servers;
  private final List<SimulatedWorker> workers;
  private final Client client;
  private final Strand strand = new Strand(new Life());

  Storm(
      World world,
      SimulatedLedger ledger,
      List<SimulatedServer> servers,
      List<SimulatedWorker> workers,
      Client client) {
    this.world = world;
    this.ledger = ledger;
    this.servers = servers;
    this.workers = workers;
    this.client = client;
  }

  void begin() {
    Faults faults = world.faults();
    nowAndThen(faults.streamBreaks(), this::breakStream);
    nowAndThen(faults.serverKills(), this::killServer);
    nowAndThen(faults.workerKills(), this::killWorker);
    nowAndThen(faults.freezes(), this::freeze);
    nowAndThen(faults.partitions(), this::partition);
    nowAndThen(faults.databaseCrashes(), this::crashDatabase);
    nowAndThen(faults.backendKills(), ledger::killBackend);
    nowAndThen(faults.clockJumps(), this::setClock);
    nowAndThen(faults.cancels(), this::cancel);
  }

  private void nowAndThen(int meanMillis, Runnable fault) {
    if (meanMillis > 0) {
      world.agenda.after(
          world.upTo(2 * meanMillis),
          strand,
          () -> {
            if (world.stormy) {
              fault.run();
              nowAndThen(meanMillis, fault);
            }
          });
    }
  }

  private <T> T any(List<T> some) {
    return some.get(world.random.nextInt(some.size()));
  }

  private SimulatedServer anyServer() {
    return any(servers);
  }

  private void breakStream() {
    Link link = any(workers).link(anyServer());
    if (link != null) {
      world.counts.happened(Fault.STREAM_BROKEN);
      link.cut(world.chance(0.5) ? 20 : 3000);
    }
  }

  private void killServer() {
    SimulatedServer server = anyServer();
    if (!server.life().dead) {
      world.counts.happened(Fault.SERVER_KILLED);
      server.kill(world.chance(0.7) ? 50 : 3000);
      if (world.chance(0.7)) {
        restart(server, world.chance(0.5) ? 300 : 8000);
      }
    }
  }

  /** Starts a server that is dead, and again until that succeeds. */
  void restart(SimulatedServer server, int withinMillis) {
    world.agenda.after(
        world.upTo(withinMillis),
        strand,
        () -> {
          if (server.life().dead && !server.start()) {
            restart(server, 500);
          }
        });
  }

  private void killWorker() {
    SimulatedWorker worker = any(workers);
    if (!worker.life().dead) {
      world.counts.happened(Fault.WORKER_KILLED);
      worker.kill(world.chance(0.7) ? 50 : 3000);
      world.agenda.after(world.upTo(4000), strand, worker::start);
    }
  }

  private void freeze() {
    world.counts.happened(Fault.FROZEN);
    long until = world.now() + world.upTo(world.chance(0.3) ? 12_000 : 3000);
    if (world.chance(0.7)) {
      SimulatedServer server = anyServer();
      server.life().freeze(until);
      world.trace(() -> server.name() + " stops until " + until);
    } else {
      any(workers).life().freeze(until);
    }
  }

  private void partition() {
    world.counts.happened(Fault.PARTITION);
    SimulatedServer server = anyServer();
    int millis = world.upTo(8000);
    if (world.chance(0.3)) {
      if (server.isUp()) {
        server.connection().cutUntil = world.now() + millis;
      }
      return;
    }
    SimulatedWorker worker = any(workers);
    worker.block(server);
    world.agenda.after(millis, strand, () -> worker.unblock(server));
  }

  private void setClock() {
    world.counts.happened(Fault.CLOCK_SET);
    anyServer().setClock(world.random.nextLong(-HOUR, HOUR));
  }

  private void crashDatabase() {
    world.trace(() -> "the database crashes");
    world.counts.happened(Fault.DATABASE_CRASHED);
    ledger.crash(world.upTo(3000));
  }

  private void cancel() {
    if (client.acknowledged().isEmpty()) {
      return;
    }
    long job = any(client.acknowledged());
    SimulatedServer server = anyServer();
    if (server.isUp()) {
      server.later(
          1,
          new Strand(server.life()),
          () -> {
            world.counts.happened(Fault.CANCELLED);
            world.trace(() -> "job " + job + " is to be cancelled on " + server.name());
            var _ = server.core().cancel(job);
          });
    }
  }

  /** Ends every fault. One server at least runs from now on, whatever it hears of itself. */
  void calm() {
    world.trace(() -> "calm");
    world.calm();
    watchOver(servers.getFirst());
    for (SimulatedServer server : servers) {
      if (server.isUp()) {
        server.connection().cutUntil = 0;
      }
      for (SimulatedWorker worker : workers) {
        worker.unblock(server);
      }
      if (server.life().dead && world.random.nextBoolean()) {
        restart(server, 1000);
      }
    }
  }

  // As whoever runs servers does: one that has ended is started again.
  private void watchOver(SimulatedServer server) {
    if (server.life().dead) {
      restart(server, 1000);
    }
    world.agenda.after(3000, strand, () -> watchOver(server));
  }
}
