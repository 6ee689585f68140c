package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.JobCore;
import dev.scriptorium.server.jobs.SteadyClock;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private long clockOffset;

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
    Applier applier = new Applier(world, ledgers.ledger);
    try {
      JobCore started =
          new JobCore(
              new JobCore.Storage(
                  reached, ledgers.jobs, ledgers.outcomes, ledgers.incarnations, new EmptyBlobs()),
              new JobCore.Features(
                  applier, Map.of("work", applier), List.of(new ProgressCheck(world.witness))),
              new JobCore.Host(
                  clock(),
                  () -> world.now() * 1_000_000,
                  world.random,
                  work -> later(world.random.nextInt(3), new Strand(mine), work)),
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

  /** True when the job was offered again since, to whomever. */
  boolean hasOfferedAgain(AttemptKey key) {
    return !key.equals(lastOffers.getOrDefault(key.job(), key));
  }

  void left(Session session) {
    sessions.remove(session);
  }
}
