package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler among simulated workers that answer, fail, crash, break off and come back at random,
 * with a ledger that checks what may be written. Everything follows from one seed.
 */
final class SimulatedFleet {
  private static final List<String> KINDS = List.of("inspect", "parse", "analyze");
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofSeconds(2));
  private static final Retry.Limits LIMITS = new Retry.Limits(3, 3, 10);

  private final Random random;
  private final Scheduler scheduler;
  private final List<UUID> owners;
  private final Map<Long, List<Ending>> ledger = new TreeMap<>();
  private final Map<Long, Entry> open = new TreeMap<>();
  private final Map<Long, Boolean> finished = new HashMap<>();
  private final Map<Long, SimulatedWorker> seats = new TreeMap<>();
  private final List<SimulatedWorker> away = new ArrayList<>();
  private final List<Overdue> unwritten = new ArrayList<>();
  private final Map<Long, AttemptKey> started = new HashMap<>();
  private final List<String> history = new ArrayList<>();
  private final SimulatedLimits limits = new SimulatedLimits();
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private long jobs;
  private long seatNumbers;
  private int names;

  /** A worker process: what it believes to run. */
  private static final class SimulatedWorker {
    final String name;
    final Set<AttemptKey> runs = new HashSet<>();

    SimulatedWorker(String name) {
      this.name = name;
    }
  }

  SimulatedFleet(Random random) {
    this.random = random;
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
    scheduler = new Scheduler(new Retry(LIMITS, backoff), PATIENCE, () -> random.nextLong() | 1);
    owners = List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3));
  }

  Set<Long> unfinished() {
    return open.keySet();
  }

  int ended() {
    return finished.size();
  }

  List<String> history() {
    return history;
  }

  void step() {
    switch (random.nextInt(13)) {
      case 0 -> submit();
      case 1 -> arrive();
      case 2 -> heartbeat();
      case 3, 4, 5, 6 -> report();
      case 7 -> breakOff();
      case 8 -> comeBack();
      case 9 -> cancel();
      case 10 -> limit();
      case 11 -> pass(Duration.ofMillis(random.nextInt(3000)));
      default -> progress();
    }
    follow();
    limits.check(scheduler, open.values(), now);
  }

  private void limit() {
    if (random.nextInt(4) == 0) {
      String kind = KINDS.get(random.nextInt(KINDS.size()));
      scheduler.setKind(
          kind, new KindLimit(random.nextInt(6) == 0, random.nextInt(4), 20 * random.nextInt(3)));
    }
  }

  /** Lets all that is open come to an end, with willing workers. */
  void settle(Duration atMost) {
    Instant until = now.plus(atMost);
    KINDS.forEach(kind -> scheduler.setKind(kind, KindLimit.NONE));
    while (!open.isEmpty() && now.isBefore(until)) {
      comeBack();
      if (seats.size() < 2) {
        arrive();
      }
      seats.keySet().forEach(seat -> tell(seat, 4, 1L << 40));
      follow();
      List.copyOf(seats.entrySet())
          .forEach(
              seat ->
                  sorted(seat.getValue().runs)
                      .forEach(key -> end(seat.getValue(), key, Ending.SUCCEEDED, false)));
      pass(Duration.ofSeconds(1));
      writeOverdue();
      follow();
    }
  }

  // ---- what happens

  private void submit() {
    if (open.size() > 200) {
      return;
    }
    List<Entry> batch = new ArrayList<>();
    int size = 1 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      List<Long> after = new ArrayList<>();
      if (i > 0 && random.nextBoolean()) {
        after.add(jobs);
      }
      if (jobs > 4 && random.nextInt(4) == 0) {
        after.add(1 + (long) random.nextInt((int) jobs - i));
      }
      batch.add(entry(++jobs, after));
    }
    Set<Long> unknown = scheduler.register(batch);
    if (random.nextInt(10) == 0) {
      scheduler.abandon(batch.stream().map(Entry::id).toList());
      note("abandoned " + batch.size());
      return;
    }
    for (Entry entry : batch) {
      open.put(entry.id(), entry);
      if (entry.after().stream().anyMatch(id -> unknown.contains(id) && failed(id))) {
        scheduler.doom(entry.id());
      }
    }
    scheduler.commit(batch.stream().map(Entry::id).toList(), now);
  }

  // Jobs that were abandoned never existed; nothing waits for them in the real ledger either.
  private boolean failed(long id) {
    return !finished.getOrDefault(id, true);
  }

  private Entry entry(long id, List<Long> after) {
    String kind = KINDS.get(random.nextInt(KINDS.size()));
    return new Entry(
        id,
        owners.get(random.nextInt(owners.size())),
        new UUID(1, id),
        new JobClass(kind, "application/epub+zip"),
        1 + KINDS.indexOf(kind),
        after,
        (64L << 20) << random.nextInt(5),
        Duration.ofSeconds(6),
        10 * random.nextInt(3),
        random.nextInt(10) == 0 ? now.plusSeconds(random.nextInt(5)) : Instant.EPOCH,
        key(),
        random.nextInt(4) == 0 ? 0 : 1L << random.nextInt(20),
        History.NONE);
  }

  private @Nullable KeyLimit key() {
    return switch (random.nextInt(8)) {
      case 0 -> new KeyLimit("ordered", 1, 0);
      case 1 -> new KeyLimit("pair", 2, 0);
      case 2 -> new KeyLimit("slow", 3, 30);
      default -> null;
    };
  }

  private void tell(long seat, int slots, long bytes) {
    limits.heartbeat(scheduler, seat, bytes);
    scheduler.heartbeat(seat, slots, bytes);
  }

  private void arrive() {
    if (seats.size() + away.size() < 5) {
      seat(new SimulatedWorker("worker-" + ++names));
    }
  }

  private void seat(SimulatedWorker worker) {
    long seat = ++seatNumbers;
    List<JobClass> abilities =
        random.nextInt(4) == 0
            ? List.of(new JobClass("inspect", "*"))
            : KINDS.stream().map(kind -> new JobClass(kind, "*")).toList();
    List<AttemptKey> held = sorted(worker.runs);
    limits.forced(scheduler, held);
    Reclaimed reclaimed = scheduler.join(seat, worker.name, abilities, held, now);
    worker.runs.retainAll(reclaimed.adopted());
    seats.put(seat, worker);
    tell(seat, random.nextInt(4), 2L << 30);
    note(worker.name + " joins, " + reclaimed.adopted().size() + " adopted");
  }

  private void heartbeat() {
    pick(seats.keySet())
        .ifPresent(seat -> tell(seat, random.nextInt(5), 1L << (28 + random.nextInt(5))));
  }

  private void breakOff() {
    if (random.nextInt(3) != 0) {
      return;
    }
    pick(seats.keySet())
        .ifPresent(
            seat -> {
              SimulatedWorker worker = Objects.requireNonNull(seats.remove(seat));
              scheduler.leave(seat, now);
              if (random.nextBoolean()) {
                away.add(worker);
              }
              note(worker.name + " leaves");
            });
  }

  private void comeBack() {
    if (!away.isEmpty()) {
      seat(away.removeFirst());
    }
  }

  private void cancel() {
    if (random.nextInt(5) == 0) {
      pick(open.keySet())
          .flatMap(scheduler::look)
          .ifPresent(it -> write(it.job(), it.attempt(), null, Ending.CANCELLED, false, ""));
    }
  }

  private void report() {
    pick(seats.keySet())
        .ifPresent(
            seat -> {
              SimulatedWorker worker = Objects.requireNonNull(seats.get(seat));
              pick(sorted(worker.runs))
                  .ifPresent(key -> end(worker, key, anyEnding(), random.nextInt(3) > 0));
            });
  }

  private Ending anyEnding() {
    return switch (random.nextInt(10)) {
      case 0 -> Ending.FAILED;
      case 1 -> Ending.CRASHED;
      case 2 -> Ending.RELEASED;
      case 3 -> Ending.TIMED_OUT;
      default -> Ending.SUCCEEDED;
    };
  }

  private void end(SimulatedWorker worker, AttemptKey key, Ending ending, boolean retryable) {
    worker.runs.remove(key);
    write(key.job(), key.attempt(), key.token(), ending, retryable, worker.name);
    if (random.nextInt(5) == 0) {
      // Said twice: the second is never written.
      assertThat(
              scheduler.decide(key.job(), key.attempt(), key.token(), Ending.SUCCEEDED, false, now))
          .isEmpty();
    }
  }

  private void progress() {
    pick(seats.keySet())
        .flatMap(seat -> pick(sorted(Objects.requireNonNull(seats.get(seat)).runs)))
        .ifPresent(key -> scheduler.progress(key, random.nextInt(101), "chapter"));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    unwritten.addAll(scheduler.overdue(now));
    if (random.nextInt(3) > 0) {
      writeOverdue();
    }
  }

  // The ledger takes its time: meanwhile the attempt may have ended otherwise.
  private void writeOverdue() {
    for (Overdue late : unwritten) {
      Ending ending =
          switch (late.cause()) {
            case DEPENDENCY -> Ending.FAILED;
            case CONTACT -> Ending.LOST;
            case DEADLINE -> Ending.TIMED_OUT;
          };
      boolean retryable = late.cause() == Overdue.Cause.DEADLINE;
      write(late.job(), late.attempt(), null, ending, retryable, late.worker());
      scheduler.notEnded(late.job());
    }
    unwritten.clear();
  }

  // ---- the ledger

  private void write(
      long job,
      int attempt,
      @Nullable Long token,
      Ending ending,
      boolean retryable,
      String worker) {
    scheduler
        .decide(job, attempt, token, ending, retryable, dependency(ending, token), now)
        .ifPresent(
            decision -> {
              if (token != null) {
                scheduler.learn(job, (32L << 20) << random.nextInt(6), random.nextInt(3));
              }
              if (token != null) {
                assertThat(started.get(job))
                    .as("who speaks for an attempt was given it")
                    .isEqualTo(new AttemptKey(job, attempt, token));
              }
              List<Long> dependants = scheduler.dependants(job);
              insert(job, attempt, decision);
              scheduler.end(job, attempt, decision, worker, token == null, now);
              if (decision.last() && decision.ending() != Ending.SUCCEEDED) {
                dependants.forEach(this::fall);
              }
            });
  }

  private String dependency(Ending ending, @Nullable Long token) {
    return ending == Ending.RELEASED && token != null && random.nextBoolean() ? "ocr" : "";
  }

  private void fall(long job) {
    Standing standing = scheduler.look(job).orElseThrow();
    Decision failed = new Decision(Ending.FAILED, null);
    insert(job, standing.attempt(), failed);
    scheduler.end(job, standing.attempt(), failed, "", true, now);
  }

  private void insert(long job, int attempt, Decision decision) {
    assertThat(open).as("an open job ends").containsKey(job);
    List<Ending> endings = ledger.computeIfAbsent(job, id -> new ArrayList<>());
    assertThat(attempt).as("attempts have no holes, each ends once").isEqualTo(endings.size() + 1);
    if (decision.ending() == Ending.SUCCEEDED) {
      for (long before : Objects.requireNonNull(open.get(job)).after()) {
        assertThat(finished.getOrDefault(before, true)).as("ran before its turn").isTrue();
        assertThat(open).as("ran before its turn").doesNotContainKey(before);
      }
    }
    endings.add(decision.ending());
    if (decision.last()) {
      open.remove(job);
      finished.put(job, decision.ending() == Ending.SUCCEEDED);
    }
    long crashes = endings.stream().filter(e -> e == Ending.CRASHED).count();
    assertThat(crashes).as("crashes that were not final").isLessThan(LIMITS.crashes());
    note(job + "/" + attempt + " " + decision.ending());
  }

  // ---- what the scheduler wants done

  private void follow() {
    scheduler.match(now);
    for (var some = scheduler.effects(); !some.isEmpty(); some = scheduler.effects()) {
      some.forEach(this::follow);
    }
  }

  private void follow(Effect effect) {
    switch (effect) {
      case Effect.Offer offer -> answer(offer);
      case Effect.Stop stop -> {
        SimulatedWorker worker = seats.get(stop.seat());
        if (worker != null) {
          worker.runs.remove(stop.attempt());
        }
      }
      case Effect.Changed changed -> assertThat(changed.standing().percent()).isBetween(0, 100);
      case Effect.Started begun -> {
        started.put(begun.attempt().job(), begun.attempt());
        note("started " + begun.attempt().job());
      }
      case Effect.Ended ended -> assertThat(finished).containsKey(ended.job());
    }
  }

  private void answer(Effect.Offer offer) {
    SimulatedWorker worker = seats.get(offer.seat());
    AttemptKey key = offer.attempt();
    limits.offered(scheduler, offer);
    if (worker == null) {
      return;
    }
    switch (random.nextInt(11)) {
      case 0 -> scheduler.decline(offer.seat(), key, now);
      case 10 -> scheduler.full(offer.seat(), key, now);
      // Neither taken nor refused: the offer lapses.
      case 1 -> note("ignored " + key.job());
      // Taken, but the news of it is lost.
      case 2 -> worker.runs.add(key);
      default -> {
        if (scheduler.accept(offer.seat(), key, now)) {
          worker.runs.add(key);
        }
      }
    }
  }

  private void note(String what) {
    history.add(what);
  }

  private static List<AttemptKey> sorted(Set<AttemptKey> keys) {
    return keys.stream()
        .sorted(
            Comparator.comparingLong(AttemptKey::job)
                .thenComparingInt(AttemptKey::attempt)
                .thenComparingLong(AttemptKey::token))
        .toList();
  }

  private <T> Optional<T> pick(Collection<T> from) {
    return from.isEmpty()
        ? Optional.empty()
        : from.stream().skip(random.nextInt(from.size())).findFirst();
  }
}
