package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.KeyLimit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks the limits of keys (I8) and the order within those that let one run at a time (I12). */
final class KeyCheck {
  private final World world;
  private final Map<Long, Place> places = new HashMap<>();

  /**
   * When a job was put in.
   *
   * @param from moment at which its request was begun on a server
   * @param until moment at which that server had taken it in
   * @param index place in its request
   */
  private record Place(long from, long until, int index) {
    boolean isBefore(Place other) {
      return until < other.from || (from == other.from && index < other.index);
    }
  }

  KeyCheck(World world) {
    this.world = world;
  }

  /** A server has taken in jobs together. What ended in doubt has no place. */
  void takenIn(List<Long> jobs, long from) {
    long until = world.moment();
    for (int i = 0; i < jobs.size(); i++) {
      places.put(jobs.get(i), new Place(from, until, i));
    }
  }

  /**
   * A server offers a job that belongs to it.
   *
   * @param decidedAt moment at which it was decided
   */
  void offered(SimulatedServer server, Job job, AttemptKey key, long decidedAt) {
    KeyLimit limit = job.terms().limit();
    if (limit == null) {
      return;
    }
    checkLimit(server, job, key, decidedAt);
    if (limit.concurrency() == 1) {
      checkOrder(job, key);
    }
  }

  // Counted is what the server knows to run, and what it has offered itself. An heir has to know
  // what it has inherited from the moment it makes the first of that known, not some time later;
  // and what it inherits may exceed the limit, but nothing is offered beside it.
  private void checkLimit(SimulatedServer server, Job job, AttemptKey key, long decidedAt) {
    KeyLimit limit = Objects.requireNonNull(job.terms().limit());
    world.counts.checked(Invariant.I8);
    List<Long> running =
        server.busy(decidedAt).stream()
            .filter(other -> other != job.id() && isOf(limit, other))
            .filter(other -> world.tables.last(other).isEmpty())
            .toList();
    if (running.size() >= limit.concurrency()) {
      world.witness.violated(
          Invariant.I8, key + " is offered while " + running + " are busy of " + limit);
    }
  }

  private boolean isOf(KeyLimit limit, long id) {
    Job other = world.tables.jobs.get(id);
    KeyLimit its = other == null ? null : other.terms().limit();
    return its != null && its.key().equals(limit.key());
  }

  // Two servers have no common order, and what waits for another job comes when that has ended.
  private void checkOrder(Job job, AttemptKey key) {
    Place mine = places.get(job.id());
    if (mine == null) {
      return;
    }
    world.counts.checked(Invariant.I12);
    for (Map.Entry<Long, Place> other : places.entrySet()) {
      if (other.getValue().isBefore(mine)) {
        Job before = world.tables.jobs.get(other.getKey());
        if (before != null && precedes(before, job) && world.tables.last(before.id()).isEmpty()) {
          world.witness.violated(
              Invariant.I12, key + " is offered and job " + before.id() + " has not ended");
        }
      }
    }
  }

  private static boolean precedes(Job before, Job job) {
    KeyLimit one = before.terms().limit();
    KeyLimit two = job.terms().limit();
    return one != null
        && two != null
        && one.key().equals(two.key())
        && before.incarnation() == job.incarnation()
        && before.after().isEmpty();
  }
}
