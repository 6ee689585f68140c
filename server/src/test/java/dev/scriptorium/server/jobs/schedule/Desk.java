package dev.scriptorium.server.jobs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A scheduler with a clock and workers that take every offer and end when told to. */
final class Desk {
  static final long MIB = 1 << 20;
  static final String MEDIA = "application/octet-stream";

  final Random random;
  final Scheduler scheduler;
  Instant now = Instant.parse("2030-01-01T00:00:00Z");

  /** Offers in the order they were made; all are accepted at once. */
  final List<Effect.Offer> offers = new ArrayList<>();

  /** What runs, by job. */
  final Map<Long, Effect.Offer> running = new LinkedHashMap<>();

  final Map<Long, Ending> ended = new LinkedHashMap<>();
  private final Map<Long, long[]> seats = new LinkedHashMap<>();
  private final Map<Long, String> names = new LinkedHashMap<>();
  private long jobs;

  Desk(long seed) {
    random = new Random(seed);
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
    scheduler =
        new Scheduler(
            new Retry(new Retry.Limits(3, 3, 1000), backoff),
            new Patience(
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(8),
                Duration.ofSeconds(15)),
            () -> random.nextLong() | 1);
  }

  /** Takes a job in. */
  long add(TestJob job) {
    Entry entry = job.entry(++jobs);
    scheduler.register(List.of(entry));
    scheduler.commit(List.of(entry.id()), now);
    return entry.id();
  }

  /** Takes several alike in; gives the first. */
  long add(int count, TestJob job) {
    long first = jobs + 1;
    for (int i = 0; i < count; i++) {
      add(job);
    }
    return first;
  }

  /** Seats a worker that can do some kinds; none: any of the usual ones. */
  long worker(String name, int slots, long mib, String... kinds) {
    List<String> able = kinds.length == 0 ? List.of("parse", "scan", "noop") : List.of(kinds);
    long seat = seats.size() + 1L;
    scheduler.join(
        seat, name, able.stream().map(kind -> new JobClass(kind, "*")).toList(), List.of(), now);
    seats.put(seat, new long[] {slots, mib * MIB});
    names.put(seat, name);
    tell();
    return seat;
  }

  /** Workers tell what they have left. */
  void tell() {
    seats.forEach(
        (seat, has) -> {
          long taken =
              running.values().stream()
                  .filter(offer -> offer.seat() == seat)
                  .mapToLong(Effect.Offer::memoryBytes)
                  .sum();
          long count = running.values().stream().filter(offer -> offer.seat() == seat).count();
          scheduler.heartbeat(seat, (int) (has[0] - count), has[1] - taken);
        });
  }

  /** Makes offers; gives the jobs that were started. */
  List<Long> run() {
    tell();
    List<Long> started = new ArrayList<>();
    scheduler.match(now);
    for (var some = scheduler.effects(); !some.isEmpty(); some = scheduler.effects()) {
      for (Effect effect : some) {
        if (effect instanceof Effect.Offer offer) {
          scheduler.accept(offer.seat(), offer.attempt(), now);
          offers.add(offer);
          running.put(offer.attempt().job(), offer);
          started.add(offer.attempt().job());
        } else if (effect instanceof Effect.Ended end) {
          ended.put(end.job(), end.ending());
        }
      }
      scheduler.match(now);
    }
    return started;
  }

  /** Lets time pass, in steps of a tick. */
  List<Long> pass(Duration time) {
    List<Long> started = new ArrayList<>();
    Instant until = now.plus(time);
    while (now.isBefore(until)) {
      now = now.plusMillis(100);
      scheduler.overdue(now);
      started.addAll(run());
    }
    return started;
  }

  void succeed(long job) {
    end(job, Ending.SUCCEEDED, "");
  }

  void end(long job, Ending ending) {
    end(job, ending, "");
  }

  void end(long job, Ending ending, String dependency) {
    Effect.Offer offer = running.remove(job);
    if (offer == null) {
      throw new IllegalStateException("job " + job + " does not run");
    }
    AttemptKey key = offer.attempt();
    Decision decision =
        scheduler
            .decide(job, key.attempt(), key.token(), ending, true, dependency, now)
            .orElseThrow();
    scheduler.end(job, key.attempt(), decision, names.getOrDefault(offer.seat(), ""), false, now);
  }

  /** What the last offer of a job said. */
  Effect.Offer offer(long job) {
    return offers.stream()
        .filter(offer -> offer.attempt().job() == job)
        .reduce((one, two) -> two)
        .orElseThrow();
  }

  KindDepth depth(String kind) {
    return scheduler.depths(now).stream()
        .filter(depth -> depth.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  String why(long job) {
    return scheduler.whyWaiting(job, now);
  }

  /** Teaches how much memory and time jobs of a kind take. */
  void teach(String kind, long inputBytes, long mib, double seconds) {
    for (int i = 0; i < 20; i++) {
      scheduler.learn(new JobClass(kind, MEDIA), inputBytes, mib * MIB, seconds);
    }
  }
}
