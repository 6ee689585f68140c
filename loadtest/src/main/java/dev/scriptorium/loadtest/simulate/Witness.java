package dev.scriptorium.loadtest.simulate;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.AttemptRef;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.Outcome;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.Ending;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sees all that happens, believes nobody, and remembers the first broken promise. */
final class Witness {
  private static final int MOST_CRASHES = 3;
  private static final Set<Ending> HARM =
      Set.of(Ending.CRASHED, Ending.TIMED_OUT, Ending.QUARANTINED);

  final KeyCheck keys;
  final CheckpointCheck checkpoints;
  private final World world;

  // Starts as the servers asked to write them, whatever the ledger made of that.
  private final Map<Row.DispatchKey, Tables.Started> starts = new HashMap<>();
  private final Map<AttemptRef, Long> firstRuns = new HashMap<>();
  private final Set<AttemptKey> fenced = new HashSet<>();

  // Outcomes written by servers that did not know that they had an heir. What such a server has
  // taken in the heir cannot know when it fences an attempt; the key decides.
  private final Set<AttemptRef> late = new HashSet<>();
  private @Nullable Violation violation;

  /**
   * A broken promise.
   *
   * @param invariant which
   * @param what how
   * @param millis virtual time
   */
  record Violation(Invariant invariant, String what, long millis) {}

  Witness(World world) {
    this.world = world;
    this.keys = new KeyCheck(world);
    this.checkpoints = new CheckpointCheck(world);
  }

  void violated(Invariant invariant, String what) {
    if (violation == null) {
      world.counts.broken(invariant);
      violation = new Violation(invariant, what, world.now());
      world.trace(() -> "VIOLATED " + invariant + ": " + what);
    }
  }

  Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }

  // ---- the ledger

  /** A row is about to be seen by all. */
  void committed(Row row, Life by) {
    switch (row) {
      case Row.JobRow(Job job) -> {
        if (world.tables.deaths.containsKey(job.incarnation())) {
          violated(Invariant.I1, "job " + job.id() + " was added for a server that has an heir");
        }
      }
      case Row.DispatchRow start ->
          starts.putIfAbsent(
              (Row.DispatchKey) start.key(),
              new Tables.Started(start.dispatch(), start.incarnation(), world.now()));
      case Row.OutcomeRow(Outcome outcome) -> {
        ended(outcome);
        checkpoints.ended(by, outcome);
        if (world.tables.deaths.containsKey(by.incarnation)) {
          late.add(new AttemptRef(outcome.report().job(), outcome.report().attempt()));
        }
      }
      case Row.DeathRow death ->
          world.trace(() -> death.heir() + " is heir of " + death.incarnation());
      case Row.CheckpointRow saved -> checkpoints.committed(saved);
      case Row.EffectRow effect -> {}
      case Row.ServerRow server -> {}
      case Row.SettledRow settled -> {}
      case Row.SubmissionRow submission -> {}
    }
  }

  /** A row was lost with the database. */
  void vanished(Row row) {
    if (row instanceof Row.DispatchRow start) {
      starts.remove((Row.DispatchKey) start.key());
    } else if (row instanceof Row.CheckpointRow saved) {
      checkpoints.vanished(saved);
    }
  }

  private void ended(Outcome outcome) {
    long id = outcome.report().job();
    int attempt = outcome.report().attempt();
    String name = "attempt " + attempt + " of job " + id;
    Ending ending = outcome.decision().ending();
    world.trace(() -> name + " ends: " + ending + (outcome.decision().last() ? ", finally" : ""));
    world.counts.checked(Invariant.I3);
    Job job = world.tables.jobs.get(id);
    if (job == null) {
      violated(Invariant.I3, name + " ends, and there is no such job");
      return;
    }
    if (world.tables.outcome(id, attempt) != null) {
      violated(Invariant.I3, name + " ends twice");
    }
    if (attempt > 1) {
      Outcome before = world.tables.outcome(id, attempt - 1);
      if (before == null || before.decision().last()) {
        violated(
            Invariant.I3,
            name + " ends, and the one before has " + (before == null ? "not" : "finally"));
      }
    }
    if (ending == Ending.SUCCEEDED && !isReady(job)) {
      violated(Invariant.I3, name + " succeeds before what it waits for");
    }
    checkCrashes(job, outcome);
    checkTime(job, outcome);
  }

  private boolean isReady(Job job) {
    for (long before : job.after()) {
      Optional<Outcome> last = world.tables.last(before);
      if (last.isEmpty() || last.get().decision().ending() != Ending.SUCCEEDED) {
        return false;
      }
    }
    return true;
  }

  private void checkCrashes(Job job, Outcome outcome) {
    world.counts.checked(Invariant.I6);
    Nature nature = Nature.of(job.terms().payload());
    boolean harmful = nature == Nature.POISON || nature == Nature.ENDLESS;
    Ending ending = outcome.decision().ending();
    long crashes =
        world.tables.ended(job.id()).stream()
            .filter(it -> HARM.contains(it.decision().ending()))
            .count();
    if (ending == Ending.QUARANTINED && !harmful) {
      violated(Invariant.I6, "job " + job.id() + " does no harm and is quarantined");
    }
    boolean again = HARM.contains(ending) && !outcome.decision().last();
    if (again && crashes + 1 >= MOST_CRASHES) {
      violated(
          Invariant.I6, "job " + job.id() + " may run again after " + (crashes + 1) + " crashes");
    }
  }

  private void checkTime(Job job, Outcome outcome) {
    world.counts.checked(Invariant.PATIENCE);
    Long since = firstRuns.get(new AttemptRef(job.id(), outcome.report().attempt()));
    if (outcome.report().token() == null
        && outcome.decision().ending() == Ending.TIMED_OUT
        && (since == null || world.now() - since < Schedule.DEADLINE.toMillis())) {
      violated(
          Invariant.PATIENCE,
          "job "
              + job.id()
              + " times out "
              + (since == null ? "?" : world.now() - since)
              + " ms after its worker has begun");
    }
  }

  // ---- servers and workers

  /** Token of the attempt as it was written when it started. */
  Optional<Long> tokenOf(long job, int attempt) {
    return Optional.ofNullable(starts.get(new Row.DispatchKey(job, attempt)))
        .map(start -> start.dispatch().attempt().token());
  }

  void runs(AttemptKey key) {
    firstRuns.putIfAbsent(new AttemptRef(key.job(), key.attempt()), world.now());
  }

  void acknowledged(AttemptKey key) {
    world.counts.checked(Invariant.I4);
    Outcome outcome = world.tables.outcome(key.job(), key.attempt());
    if (outcome == null || !Objects.equals(outcome.report().token(), key.token())) {
      violated(Invariant.I4, key + " is acknowledged and not the one that is stored");
    }
  }

  void fenced(AttemptKey key) {
    fenced.add(key);
    checkFenced(key);
  }

  private void checkFenced(AttemptKey key) {
    world.counts.checked(Invariant.I4);
    Outcome outcome = world.tables.outcome(key.job(), key.attempt());
    if (outcome != null
        && Objects.equals(outcome.report().token(), key.token())
        && !late.contains(new AttemptRef(key.job(), key.attempt()))) {
      violated(Invariant.I4, key + " was fenced and is the one that is stored");
    }
  }

  /**
   * A server offers an attempt.
   *
   * @param state that an earlier attempt has saved
   * @param decidedAt moment at which it was decided
   */
  void offered(SimulatedServer server, AttemptKey key, ByteString state, long decidedAt) {
    long me = server.core().incarnation();
    Job job = world.tables.jobs.get(key.job());
    world.counts.checked(Invariant.OWNER);
    if (job == null) {
      violated(Invariant.I1, key + " is offered and was never committed");
      return;
    }
    if (world.tables.deaths.containsKey(me)) {
      // It does not know yet that it has an heir; whatever comes of the offer is fenced.
      return;
    }
    long owner = world.tables.ownerOf(job.incarnation());
    if (owner != me) {
      violated(Invariant.OWNER, key + " is offered by " + me + ", and belongs to " + owner);
    }
    if (!isReady(job)) {
      violated(Invariant.I3, key + " is offered before what it waits for has succeeded");
    }
    Tables.Started start = starts.get(new Row.DispatchKey(key.job(), key.attempt()));
    if (start != null && knows(start, me, ownerSince(job, me)) && isUnderWay(start)) {
      violated(Invariant.I3, key + " is offered while it runs as " + start.dispatch().attempt());
    }
    checkpoints.offered(key, state, decidedAt);
    keys.offered(server, job, key, decidedAt);
    server.checks().fairness().offered(job, key);
  }

  private boolean isUnderWay(Tables.Started start) {
    AttemptKey attempt = start.dispatch().attempt();
    return world.tables.outcome(attempt.job(), attempt.attempt()) == null;
  }

  // A server knows what it wrote itself, and what was written before it became the heir.
  private static boolean knows(Tables.Started start, long me, long ownerSince) {
    return start.incarnation() == me || start.at() < ownerSince;
  }

  private long ownerSince(Job job, long me) {
    long owner = job.incarnation();
    long since = 0;
    while (owner != me) {
      Tables.Death death = world.tables.deaths.get(owner);
      if (death == null) {
        return since;
      }
      owner = death.heir();
      since = death.at();
    }
    return since;
  }

  // ---- the end

  boolean allEnded() {
    return world.tables.jobs.keySet().stream().allMatch(job -> world.tables.last(job).isPresent());
  }

  void finish(List<Long> acknowledged) {
    for (long id : acknowledged) {
      world.counts.checked(Invariant.I1);
      if (!world.tables.jobs.containsKey(id)) {
        violated(Invariant.I1, "job " + id + " was acknowledged and does not exist");
      }
    }
    world.tables.jobs.values().forEach(this::finish);
    fenced.forEach(this::checkFenced);
  }

  private void finish(Job job) {
    Optional<Outcome> last = world.tables.last(job.id());
    if (last.isEmpty()) {
      violated(
          Invariant.I1,
          "job "
              + job.id()
              + " of "
              + job.incarnation()
              + ", "
              + Nature.of(job.terms().payload())
              + " after "
              + job.after()
              + ", has not ended; its owner is "
              + world.tables.ownerOf(job.incarnation()));
      return;
    }
    Ending ending = last.get().decision().ending();
    world.counts.checked(Invariant.I2);
    int effects = world.tables.effects.getOrDefault(job.id(), 0);
    int failures = world.tables.failures.getOrDefault(job.id(), 0);
    boolean succeeded = ending == Ending.SUCCEEDED;
    if (effects != (succeeded ? 1 : 0) || failures != (succeeded ? 0 : 1)) {
      violated(
          Invariant.I2,
          "job "
              + job.id()
              + " is "
              + ending
              + ", took effect "
              + effects
              + " times and failed "
              + failures
              + " times");
    }
    if (succeeded && Nature.of(job.terms().payload()) == Nature.POISON) {
      violated(Invariant.I6, "job " + job.id() + " always crashes and has succeeded");
    }
  }
}
