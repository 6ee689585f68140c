package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.JobSettings;
import dev.scriptorium.server.jobs.KindRule;
import dev.scriptorium.server.jobs.schedule.Patience;
import dev.scriptorium.server.jobs.schedule.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One run of the simulated system: jobs are submitted while things go wrong, then nothing goes
 * wrong any more and everything has to come to its end. The same seed gives the same run.
 */
public final class Schedule {
  static final Duration HEARTBEAT = Duration.ofSeconds(1);
  static final Duration DEADLINE = Duration.ofSeconds(6);
  static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofSeconds(3),
          Duration.ofSeconds(4),
          Duration.ofSeconds(2));

  private static final int SERVERS = 3;
  private static final int WORKERS = 3;
  private static final int REQUESTS = 10;
  private static final int STORM_MILLIS = 15_000;
  private static final int CALM_MILLIS = 120_000;
  private static final int AFTERWARDS_MILLIS = 3000;

  private final World world;
  private final SimulatedLedger ledger;
  private final List<SimulatedServer> servers = new ArrayList<>();
  private final List<SimulatedWorker> workers = new ArrayList<>();
  private final Client client;
  private final Storm storm;

  /**
   * What came of a run.
   *
   * @param seed of the run
   * @param violation the first broken promise; null when all were kept
   * @param counts what was checked, and what went wrong
   * @param steps things that happened
   * @param jobs that were committed
   * @param millis virtual length of the run
   */
  public record Result(
      long seed, @Nullable Broken violation, Counts counts, long steps, int jobs, long millis) {}

  /**
   * A broken promise.
   *
   * @param invariant which
   * @param what how
   * @param millis virtual time
   */
  public record Broken(Invariant invariant, String what, long millis) {}

  private Schedule(long seed, Variant variant, Handle ticket, World.@Nullable Trace trace) {
    SplittableRandom random = new SplittableRandom(seed);
    world = new World(random, variant, Faults.any(random), ticket, trace);
    ledger = new SimulatedLedger(world);
    SimulatedServer.Ledgers ledgers =
        new SimulatedServer.Ledgers(
            ledger,
            new SimulatedJobStore(world, ledger),
            new SimulatedOutcomeStore(world, ledger),
            new SimulatedIncarnationStore(world, ledger));
    for (int i = 1; i <= SERVERS; i++) {
      servers.add(new SimulatedServer("server-" + i, world, ledgers));
    }
    for (int i = 1; i <= WORKERS; i++) {
      workers.add(new SimulatedWorker("worker-" + i, world, servers));
    }
    client = new Client(world, servers, new Workload(world), ledger);
    storm = new Storm(world, ledger, servers, workers, client);
  }

  /**
   * Runs one schedule.
   *
   * @param ticket a handle that leads nowhere
   * @param trace told of everything; null when nobody wants to know
   */
  static Result run(long seed, Variant variant, Handle ticket, World.@Nullable Trace trace) {
    return new Schedule(seed, variant, ticket, trace).run(seed);
  }

  private Result run(long seed) {
    world.trace(() -> "seed " + seed + ", " + world.variant + ", " + world.faults());
    servers.forEach(server -> storm.restart(server, 100));
    workers.forEach(SimulatedWorker::start);
    client.submit(REQUESTS, STORM_MILLIS * 2 / 3);
    if (world.chance(0.3)) {
      client.submitRivals(world.upTo(STORM_MILLIS * 2 / 3));
    }
    storm.begin();
    runUntil(STORM_MILLIS);
    storm.calm();
    long end = world.now() + CALM_MILLIS;
    while (isGoingOn() && !isDone() && world.now() < end) {
      runUntil(world.now() + 500);
    }
    // What comes late must do no harm.
    runUntil(world.now() + AFTERWARDS_MILLIS);
    world.witness.finish(client.acknowledged());
    if (!client.isDone()) {
      world.witness.violated(Invariant.I1, "a request was never acknowledged");
    }
    Optional<Broken> broken =
        world.witness.violation().map(it -> new Broken(it.invariant(), it.what(), it.millis()));
    return new Result(
        seed,
        broken.orElse(null),
        world.counts,
        world.agenda.steps(),
        world.tables.jobs.size(),
        world.now());
  }

  private void runUntil(long millis) {
    while (isGoingOn() && world.now() < millis) {
      world.agenda.step();
    }
  }

  private boolean isGoingOn() {
    return world.witness.violation().isEmpty() && !world.agenda.isEmpty();
  }

  private boolean isDone() {
    return client.isDone() && world.witness.allEnded();
  }

  /** Settings of a simulated server: as the real ones, but quicker. */
  static JobSettings settings(String name) {
    return new JobSettings(
        name,
        1000,
        1000,
        Map.of(),
        new KindRule(DEADLINE, Duration.ofSeconds(5), 100L << 20, KindRule.Reads.FILE),
        new Retry.Limits(3, 3, 100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        PATIENCE,
        HEARTBEAT,
        Duration.ofSeconds(4));
  }
}
