package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.Dispatch;
import dev.scriptorium.server.jobs.IncarnationStore;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.Outcome;
import dev.scriptorium.server.jobs.Terms;
import dev.scriptorium.server.jobs.schedule.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Servers in the simulated ledger. */
final class SimulatedIncarnationStore implements IncarnationStore {
  private static final int PAGE = 4;

  private final World world;
  private final SimulatedLedger ledger;

  // Only where whoever finds a dead server is its heir.
  private final Map<Long, Set<Long>> allHeirs = new HashMap<>();
  private long incarnations;

  SimulatedIncarnationStore(World world, SimulatedLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  @Override
  public long insert(Handle handle, String name) {
    long incarnation = ++incarnations;
    ledger.insert(new Row.ServerRow(incarnation, name));
    return incarnation;
  }

  @Override
  public boolean heartbeat(Handle handle, long incarnation) {
    Tables.Server server = world.tables.servers.get(incarnation);
    if (server == null || world.tables.deaths.containsKey(incarnation)) {
      return false;
    }
    server.heartbeatAt = world.now();
    return true;
  }

  @Override
  public List<Long> dead(Handle handle, Inquest inquest) {
    List<Long> dead = new ArrayList<>();
    world.tables.servers.forEach(
        (incarnation, server) -> {
          if (isDead(inquest, incarnation, server)
              && (!world.tables.deaths.containsKey(incarnation)
                  || isUnclaimed(inquest, incarnation))) {
            dead.add(incarnation);
          }
        });
    return dead;
  }

  private boolean isUnclaimed(Inquest inquest, long incarnation) {
    return world.variant == Variant.TWO_HEIRS
        && !allHeirs.getOrDefault(incarnation, Set.of()).contains(inquest.me());
  }

  private boolean isDead(Inquest inquest, long incarnation, Tables.Server server) {
    if (incarnation == inquest.me()) {
      return false;
    }
    boolean former = server.name.equals(inquest.name()) && incarnation < inquest.me();
    Duration silence = Duration.ofMillis(world.now() - server.heartbeatAt);
    return former || (inquest.silent() && silence.compareTo(inquest.silence()) > 0);
  }

  @Override
  public void bury(Handle handle, Inquest inquest, List<Long> dead) {
    for (long incarnation : dead) {
      if (world.variant != Variant.DEATH_DOES_NOT_WAIT) {
        ledger.lockExclusive(incarnation);
      }
    }
    for (long incarnation : dead) {
      Tables.Server server = Objects.requireNonNull(world.tables.servers.get(incarnation));
      if (isDead(inquest, incarnation, server)) {
        ledger.insert(new Row.DeathRow(incarnation, inquest.me()));
        allHeirs.computeIfAbsent(incarnation, it -> new TreeSet<>()).add(inquest.me());
      }
    }
  }

  @Override
  public List<Long> inherited(Handle handle, long me) {
    List<Long> inherited = new ArrayList<>();
    for (long incarnation : world.tables.servers.keySet()) {
      if (incarnation != me && isHeir(me, incarnation)) {
        inherited.add(incarnation);
      }
    }
    inherited.removeAll(world.tables.settled);
    return inherited;
  }

  private boolean isHeir(long me, long incarnation) {
    if (world.variant == Variant.TWO_HEIRS
        && allHeirs.getOrDefault(incarnation, Set.of()).contains(me)) {
      return true;
    }
    long owner = incarnation;
    while (owner != me) {
      Tables.Death death = world.tables.deaths.get(owner);
      if (death == null) {
        return false;
      }
      owner = death.heir();
    }
    return true;
  }

  @Override
  public List<Job> unfinished(Handle handle, long incarnation, long above) {
    List<Job> page = new ArrayList<>();
    for (Job job : world.tables.jobs.tailMap(above, false).values()) {
      if (page.size() == PAGE) {
        break;
      }
      if (job.incarnation() == incarnation && world.tables.last(job.id()).isEmpty()) {
        page.add(forgetful(job));
      }
    }
    return page;
  }

  private Job forgetful(Job job) {
    boolean runs =
        world.tables.dispatches.containsKey(
            new Row.DispatchKey(job.id(), world.tables.ended(job.id()).size() + 1));
    if (world.variant != Variant.LIMIT_FORGOTTEN || !runs) {
      return job;
    }
    Terms terms = job.terms();
    return new Job(
        job.id(),
        job.owner(),
        job.book(),
        job.kind(),
        job.mediaType(),
        job.tier(),
        job.firstChapter(),
        job.lastChapter(),
        job.after(),
        job.createdAt(),
        new Terms(
            terms.priority(),
            terms.notBefore(),
            null,
            terms.deadline(),
            terms.memoryBytes(),
            terms.inputBytes(),
            terms.uniqueKey(),
            terms.payload()));
  }

  @Override
  public Map<Long, Past> pasts(Handle handle, List<Long> jobs) {
    Map<Long, Past> pasts = new HashMap<>();
    for (long job : jobs) {
      History history = History.NONE;
      Instant retryAt = Instant.EPOCH;
      boolean last = false;
      for (Outcome outcome : world.tables.ended(job)) {
        history = history.with(outcome.decision().ending(), outcome.report().worker());
        retryAt = Objects.requireNonNullElse(outcome.decision().retryAt(), Instant.EPOCH);
        last = outcome.decision().last();
      }
      if (history.attempts() > 0) {
        pasts.put(job, new Past(forgetful(history), retryAt, last));
      }
    }
    return pasts;
  }

  private History forgetful(History history) {
    return world.variant == Variant.CRASHES_IN_MEMORY
        ? new History(history.attempts(), history.failures(), 0, history.strays(), Set.of())
        : history;
  }

  @Override
  public List<Dispatch> started(Handle handle, List<Long> jobs) {
    List<Dispatch> started = new ArrayList<>();
    if (world.variant == Variant.RUNNING_IGNORED) {
      return started;
    }
    for (long job : jobs) {
      int attempt = world.tables.ended(job).size() + 1;
      Tables.Started row = world.tables.dispatches.get(new Row.DispatchKey(job, attempt));
      if (row != null) {
        started.add(row.dispatch());
      }
    }
    return started;
  }

  @Override
  public void settle(Handle handle, List<Long> settled) {
    settled.forEach(incarnation -> ledger.insert(new Row.SettledRow(incarnation)));
  }
}
