package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobCore;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.SteadyClock;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.KeyLimit;
import dev.scriptorium.worker.v1.AttemptId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server that is killed, stopped and started again; its rules are the real ones. */
final class SimulatedServer {
  private static final Instant EPOCH = Instant.parse("2030-01-01T00:00:00Z");
  private static final int TICK = 200;
  private static final int LOOK = 1500;

  private final String name;
  private final World world;
  private final Ledgers ledgers;
  private final List<Session> sessions = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final Map<Long, AttemptKey> lastOffers = new HashMap<>();
  private Life life = new Life();
  private @Nullable JobCore core;
  private @Nullable LedgerConnection connection;
  private boolean[] scheduled = {};
  private Strand[] lanes = {};
  private ServerChecks checks;
  private long clockOffset;

  // When that was decided which is being offered.
  private long decidedAt;

  /** The ledger and the parts of it that all servers share. */
  record Ledgers(
      SimulatedLedger ledger,
      SimulatedJobStore jobs,
      SimulatedOutcomeStore outcomes,
      SimulatedIncarnationStore incarnations) {}

  SimulatedServer(String name, World world, Ledgers ledgers) {
    this.name = name;
    this.world = world;
    this.ledgers = ledgers;
    this.checks = new ServerChecks(world, this);
    life.dead = true;
  }

  String name() {
    return name;
  }

  Life life() {
    return life;
  }

  boolean isUp() {
    return !life.dead && core != null;
  }

  JobCore core() {
    return Objects.requireNonNull(core);
  }

  LedgerConnection connection() {
    return Objects.requireNonNull(connection);
  }

  /** Starts it; false when the database does not answer. */
  boolean start() {
    Life mine = new Life();
    life = mine;
    core = null;
    sessions.clear();
    LedgerConnection reached = new LedgerConnection(world, ledgers.ledger, mine);
    connection = reached;
    checks = new ServerChecks(world, this);
    lastOffers.clear();
    Applier applier = new Applier(world, ledgers.ledger);
    try {
      JobCore started =
          new JobCore(
              new JobCore.Storage(
                  reached, ledgers.jobs, ledgers.outcomes, ledgers.incarnations, new EmptyBlobs()),
              new JobCore.Features(applier, Map.of("work", applier), List.of(checks)),
              new JobCore.Host(
                  clock(),
                  () -> world.now() * 1_000_000,
                  world.random,
                  work -> offerLater(mine, work)),
              Schedule.settings(name));
      core = started;
      mine.incarnation = started.incarnation();
      world.trace(() -> name + " starts as incarnation " + started.incarnation());
    } catch (KilledError e) {
      if (e.life() != mine) {
        throw e;
      }
      return false;
    } catch (LedgerException e) {
      mine.dead = true;
      return false;
    }
    lanes = new Strand[core.lanes()];
    scheduled = new boolean[lanes.length];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Strand(mine);
    }
    every(TICK, new Strand(mine), core::tick);
    every(LOOK, new Strand(mine), core::lookForDead);
    every((int) Schedule.HEARTBEAT.toMillis(), new Strand(mine), this::heartbeat);
    pump();
    return true;
  }

  private void offerLater(Life mine, Runnable work) {
    long decided = world.moment();
    later(
        world.random.nextInt(3),
        new Strand(mine),
        () -> {
          long other = decidedAt;
          decidedAt = decided;
          try {
            work.run();
          } finally {
            decidedAt = other;
          }
        });
  }

  private InstantSource clock() {
    InstantSource wall = () -> EPOCH.plusMillis(world.now() + clockOffset);
    return world.variant == Variant.WALL_CLOCK
        ? wall
        : new SteadyClock(wall, () -> world.now() * 1_000_000);
  }

  private void every(int millis, Strand strand, Runnable work) {
    later(
        millis,
        strand,
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            world.trace(() -> name + " will try again: " + e);
          } finally {
            if (!strand.life.dead) {
              every(millis, strand, work);
            }
          }
        });
  }

  private void heartbeat() {
    if (!core().heartbeat()) {
      world.trace(() -> name + " hears that it is dead");
      kill(5);
    }
  }

  /** Has something done by this server; then its lanes go on. */
  void later(long millis, Strand strand, Runnable work) {
    world.agenda.after(
        millis,
        strand,
        () -> {
          work.run();
          if (strand.life == life) {
            pump();
          }
        });
  }

  private void pump() {
    for (int i = 0; i < lanes.length; i++) {
      if (!scheduled[i] && core().hasUnwritten(i)) {
        write(i, world.random.nextInt(4));
      }
    }
  }

  private void write(int lane, int millis) {
    scheduled[lane] = true;
    Strand strand = lanes[lane];
    world.agenda.after(
        millis,
        strand,
        () -> {
          boolean written = core().write(lane);
          scheduled[lane] = false;
          if (written) {
            pump();
          } else {
            write(lane, 100);
          }
        });
  }

  /**
   * Ends the process at once.
   *
   * @param noticeMillis longest time until workers learn of it
   */
  void kill(int noticeMillis) {
    world.trace(() -> name + " is killed");
    life.dead = true;
    links.forEach(link -> link.cut(noticeMillis));
    links.clear();
    sessions.clear();
  }

  /** A worker has opened a stream, which breaks when the process ends, heard or not. */
  void opened(Link link) {
    links.removeIf(Link::isBroken);
    links.add(link);
  }

  void setClock(long offsetMillis) {
    clockOffset = offsetMillis;
  }

  void seated(Session session) {
    sessions.add(session);
    // A worker that has connected anew has given up its older stream.
    for (Session other : List.copyOf(sessions)) {
      if (other != session && other.isOfSameWorker(session)) {
        other.linkOf().cut(5);
        other.gone();
      }
    }
  }

  void offered(AttemptKey key) {
    lastOffers.put(key.job(), key);
  }

  /** When the offer was decided that is being made, as a moment. */
  long decidedAt() {
    return decidedAt;
  }

  ServerChecks checks() {
    return checks;
  }

  boolean isUnderWay(AttemptKey key) {
    return core()
        .dispatcher()
        .isUnderWay(
            AttemptId.newBuilder()
                .setJob(key.job())
                .setAttempt(key.attempt())
                .setToken(key.token())
                .build());
  }

  /** Jobs that it knew to run at a moment, and those that it has offered and that are not ended. */
  Set<Long> busy(long moment) {
    Set<Long> busy = new HashSet<>();
    checks
        .runs()
        .forEach(
            (job, since) -> {
              if (since <= moment) {
                busy.add(job);
              }
            });
    lastOffers.values().stream().filter(this::isUnderWay).forEach(key -> busy.add(key.job()));
    return busy;
  }

  /** Where keys are not kept over retries: a limit of two lets go of the key. */
  void isFailing(AttemptKey key) {
    Job job = world.tables.jobs.get(key.job());
    KeyLimit limit = job == null ? null : job.terms().limit();
    if (job == null || limit == null || world.variant != Variant.KEY_LET_GO) {
      return;
    }
    NewJob other =
        Workload.job(
            job.owner(),
            Job.NO_BOOK,
            Nature.HONEST,
            50,
            List.of(),
            new KeyLimit(limit.key(), limit.concurrency() + 1, 0));
    try {
      connection()
          .inTransaction(
              handle -> {
                core().queue().enqueue(world.ticket, List.of(other));
                throw LedgerException.duplicate();
              });
    } catch (LedgerException e) {
      // As was wanted: nothing is left of it but the limit.
      world.trace(() -> limit + " is let go");
    }
  }

  void left(Session session) {
    sessions.remove(session);
  }
}
