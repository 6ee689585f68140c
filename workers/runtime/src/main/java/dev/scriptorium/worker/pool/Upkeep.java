package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets runners go: replaced ones, idle ones, and in need the largest. Confined to the pool's loop.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long WARM_GUESS_BYTES = ByteSize.ofMebibytes(160).bytes();

  private final Roster roster;
  private final PoolSize size;
  private final MemoryGuard memory;
  private final Duration idleTime;

  Upkeep(Roster roster, PoolSize size, MemoryGuard memory, Duration idleTime) {
    this.roster = roster;
    this.size = size;
    this.memory = memory;
    this.idleTime = idleTime;
  }

  /** Memory that a further runner takes when it is warm, in bytes. */
  long warmBytes() {
    long seen = roster.warmBytes();
    return seen == 0 ? WARM_GUESS_BYTES : seen;
  }

  /** True when one more runner may be started: there is room for it, or there is none at all. */
  boolean maySpare() {
    // Those that are starting have not taken yet what they will take.
    long promised = roster.count(Runner.State.STARTING) * warmBytes();
    return roster.living() == 0 || memory.roomFor(promised + warmBytes());
  }

  /** True when a runner is to be started in reserve: those that are needed are ready. */
  boolean wantsSpare() {
    return roster.starting() == 0
        && roster.staying() < size.target() + size.spare()
        && memory.mayGrow()
        && maySpare();
  }

  /** Does what memory and idleness demand. */
  void tick(long nowNanos) {
    if (memory.mustBrake()) {
      brake(nowNanos);
    } else if (memory.mustShrink()) {
      makeRoom(nowNanos);
    } else if (memory.mayGrow()) {
      size.recover();
      if (roster.count(Runner.State.IDLE) > size.spare()) {
        roster
            .idlest(nowNanos)
            .filter(runner -> runner.idleFor(nowNanos).compareTo(idleTime) > 0)
            .ifPresent(_ -> size.shrink());
      }
    }
  }

  /** Lets the runner go that has had nothing to do for longest, if it is not the last one. */
  void makeRoom(long nowNanos) {
    Optional<Runner> idlest = roster.idlest(nowNanos);
    if (idlest.isPresent() && roster.living() > 1) {
      if (roster.staying() <= size.target()) {
        size.retreat();
      }
      LOG.info("runner {} leaves: memory is short", idlest.get().number());
      idlest.get().dismiss();
    }
  }

  private void brake(long nowNanos) {
    // What was killed needs a moment to be gone; one that is idle harms nobody.
    if (roster.count(Runner::isKilled) > 0) {
      return;
    }
    if (roster.idlest(nowNanos).isPresent() && roster.living() > 1) {
      makeRoom(nowNanos);
      return;
    }
    roster
        .largest()
        .ifPresent(
            runner -> {
              LOG.warn(
                  "the memory budget is used up: runner {} with {} is killed",
                  runner.number(),
                  new ByteSize(runner.residentBytes()));
              if (runner.excessBytes() > 0) {
                runner.kill(Cause.OOM_RSS);
              } else {
                runner.killBlameless(Cause.OOM_RSS);
              }
            });
  }

  /** Lets those go that are replaced or too many. */
  void retire(long nowNanos) {
    boolean cramped = !memory.roomFor(warmBytes()) && roster.living() > 0;
    for (Runner runner : roster.all()) {
      if (runner.state() != Runner.State.IDLE) {
        continue;
      }
      // Where there is no room for a successor beside it, it goes first.
      boolean succeeded = roster.serving() > size.target() || cramped;
      if (runner.unusable() || (runner.replaced() && succeeded)) {
        LOG.info("runner {} leaves after {} jobs", runner.number(), runner.jobs());
        runner.dismiss();
      }
    }
    while (roster.staying() > size.target() + size.spare()) {
      Optional<Runner> extra = roster.idlest(nowNanos).filter(runner -> !runner.replaced());
      if (extra.isEmpty()) {
        return;
      }
      LOG.info("runner {} leaves: it has nothing to do", extra.get().number());
      extra.get().dismiss();
    }
  }
}
