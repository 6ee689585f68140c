package dev.scriptorium.worker.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The runners of a pool, and what can be asked of them. Confined to the pool's loop. */
final class Roster {
  private final List<Runner> runners = new ArrayList<>();

  void add(Runner runner) {
    runners.add(runner);
  }

  void remove(Runner runner) {
    runners.remove(runner);
  }

  /** All of them, as they are now. */
  List<Runner> all() {
    return List.copyOf(runners);
  }

  boolean isEmpty() {
    return runners.isEmpty();
  }

  int count(Predicate<Runner> which) {
    return (int) runners.stream().filter(which).count();
  }

  int count(Runner.State state) {
    return count(runner -> runner.state() == state);
  }

  /** Ordinary ones that are there to stay: neither leaving nor to be replaced. */
  int staying() {
    return count(r -> r.isOrdinary() && r.state() != Runner.State.LEAVING && !r.replaced());
  }

  /** Ordinary ones that take or do jobs. */
  int serving() {
    return count(r -> r.isOrdinary() && r.isServing());
  }

  /** Ordinary ones that are not ready yet. */
  int starting() {
    return count(r -> r.isOrdinary() && r.state() == Runner.State.STARTING);
  }

  /** All that are not on their way out. */
  int living() {
    return count(r -> r.state() != Runner.State.LEAVING);
  }

  /** An ordinary one without a job; one to be replaced last, for it may then leave the sooner. */
  Optional<Runner> idle() {
    return runners.stream()
        .filter(runner -> runner.isOrdinary() && runner.isIdle())
        .min(Comparator.comparing(Runner::replaced));
  }

  /** The ordinary one that has had nothing to do for longest. */
  Optional<Runner> idlest(long nowNanos) {
    return runners.stream()
        .filter(runner -> runner.isOrdinary() && runner.state() == Runner.State.IDLE)
        .max(Comparator.comparing(runner -> runner.idleFor(nowNanos)));
  }

  /** The one that was started for this job and is not on its way out. */
  Optional<Runner> startedFor(RunnerTask task) {
    return runners.stream()
        .filter(runner -> runner.isFor(task) && runner.state() != Runner.State.LEAVING)
        .findFirst();
  }

  /** The one that does this job. */
  Optional<Runner> doing(RunnerTask task) {
    return runners.stream().filter(runner -> runner.does(task)).findFirst();
  }

  /** Whom to kill when memory runs out: the job furthest above its means, else the largest. */
  Optional<Runner> largest() {
    Comparator<Runner> excess = Comparator.comparingLong(r -> Math.max(0, r.excessBytes()));
    return runners.stream()
        .filter(runner -> runner.residentBytes() > 0)
        .max(excess.thenComparingLong(Runner::residentBytes));
  }

  /** Resident memory of all, in bytes. */
  long residentBytes() {
    return runners.stream().mapToLong(Runner::residentBytes).sum();
  }

  /** What a runner has resident when it is warm, in bytes; 0 before one was. */
  long warmBytes() {
    return runners.stream().mapToLong(Runner::warmBytes).max().orElse(0);
  }
}
