package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.v1.Job.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Checks on one server that owners with equal jobs are served alike as long as jobs of both wait
 * (I7). Looks at the jobs of the two owners that {@link Workload#rivals} makes: they differ in
 * nothing else, so nothing but fairness decides.
 */
final class FairnessCheck {
  // One for the owner that comes anew, one for what was decided before and is sent later; two more
  // for workers that refuse.
  private static final int MOST_AHEAD = 4;

  private final World world;
  private final SimulatedServer server;

  // Of each owner the jobs that wait for their first attempt.
  private final Map<Integer, Set<Long>> waiting = new HashMap<>();
  private final Set<Long> served = new HashSet<>();

  // Offers since the last time an owner began to wait.
  private final Map<AttemptKey, Integer> offers = new LinkedHashMap<>();

  FairnessCheck(World world, SimulatedServer server) {
    this.world = world;
    this.server = server;
  }

  void changed(Job job, State state) {
    int owner = Nature.rival(job.terms().payload());
    if (owner == 0) {
      return;
    }
    Set<Long> mine = waiting.computeIfAbsent(owner, it -> new HashSet<>());
    boolean waits =
        state == State.STATE_WAITING
            && !served.contains(job.id())
            && world.tables.ended(job.id()).isEmpty();
    if (!waits) {
      mine.remove(job.id());
    } else if (mine.isEmpty()) {
      offers.clear();
      mine.add(job.id());
    } else {
      mine.add(job.id());
    }
  }

  void offered(Job job, AttemptKey key) {
    int owner = Nature.rival(job.terms().payload());
    if (owner == 0) {
      return;
    }
    served.add(job.id());
    waiting.getOrDefault(owner, Set.of()).remove(job.id());
    offers.put(key, owner);
    offers
        .keySet()
        .removeIf(it -> !server.isUnderWay(it) && world.tables.ended(it.job()).isEmpty());
    waiting.forEach(
        (other, jobs) -> {
          if (other != owner && !jobs.isEmpty()) {
            check(owner, other);
          }
        });
  }

  private void check(int owner, int other) {
    world.counts.checked(Invariant.I7);
    long ahead = count(owner) - count(other);
    if (ahead > MOST_AHEAD) {
      world.witness.violated(
          Invariant.I7,
          server.name() + " has served owner " + owner + " " + ahead + " times more than " + other);
    }
  }

  private long count(int owner) {
    return offers.values().stream().filter(it -> it == owner).count();
  }
}
