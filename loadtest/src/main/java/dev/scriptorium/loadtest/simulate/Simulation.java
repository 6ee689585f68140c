package dev.scriptorium.loadtest.simulate;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Runs many schedules on several threads, one seed after the other. Thread-safe. */
public final class Simulation {
  private static final int KEPT = 10;

  private final int threads;

  /**
   * What came of many runs.
   *
   * @param variant what was run
   * @param schedules how many were run
   * @param steps of all of them
   * @param jobs of all of them
   * @param counts of all of them
   * @param millis virtual time of all of them
   * @param first those with the lowest seeds that broke a promise, at most ten
   * @param broken how many broke one
   */
  public record Summary(
      Variant variant,
      long schedules,
      long steps,
      long jobs,
      Counts counts,
      long millis,
      List<Schedule.Result> first,
      long broken) {
    /** Copies the list. */
    public Summary {
      first = List.copyOf(first);
    }

    static Summary none(Variant variant) {
      return new Summary(variant, 0, 0, 0, new Counts(), 0, List.of(), 0);
    }
  }

  /**
   * @param threads that run schedules
   */
  public Simulation(int threads) {
    this.threads = threads;
  }

  /**
   * Runs schedules.
   *
   * @param untilBroken true to stop soon after one that breaks a promise
   */
  public Summary run(Variant variant, long firstSeed, long schedules, boolean untilBroken)
      throws InterruptedException {
    AtomicLong next = new AtomicLong(firstSeed);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Summary>> parts = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads);
        Handle ticket = ticket()) {
      for (int i = 0; i < threads; i++) {
        parts.add(
            pool.submit(
                () -> part(variant, next, firstSeed + schedules, untilBroken, stop, ticket)));
      }
      Summary sum = Summary.none(variant);
      for (Future<Summary> part : parts) {
        sum = sum(sum, part.get());
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a schedule could not be run", e.getCause());
    }
  }

  private static Summary part(
      Variant variant,
      AtomicLong next,
      long end,
      boolean untilBroken,
      AtomicBoolean stop,
      Handle ticket) {
    Summary sum = Summary.none(variant);
    for (long seed = next.getAndIncrement();
        seed < end && !stop.get();
        seed = next.getAndIncrement()) {
      Schedule.Result result = Schedule.run(seed, variant, ticket, null);
      boolean broken = result.violation() != null;
      if (broken && untilBroken) {
        stop.set(true);
      }
      sum =
          sum(
              sum,
              new Summary(
                  variant,
                  1,
                  result.steps(),
                  result.jobs(),
                  result.counts(),
                  result.millis(),
                  broken ? List.of(result) : List.of(),
                  broken ? 1 : 0));
    }
    return sum;
  }

  private static Summary sum(Summary one, Summary two) {
    return new Summary(
        one.variant,
        one.schedules + two.schedules,
        one.steps + two.steps,
        one.jobs + two.jobs,
        Counts.sum(one.counts, two.counts),
        one.millis + two.millis,
        earliest(one.first, two.first),
        one.broken + two.broken);
  }

  private static List<Schedule.Result> earliest(
      List<Schedule.Result> one, List<Schedule.Result> two) {
    return Stream.concat(one.stream(), two.stream())
        .sorted(Comparator.comparingLong(Schedule.Result::seed))
        .limit(KEPT)
        .toList();
  }

  /** Runs one schedule and tells of everything. */
  static Schedule.Result trace(Variant variant, long seed, World.Trace trace) {
    try (Handle ticket = ticket()) {
      return Schedule.run(seed, variant, ticket, trace);
    }
  }

  // What the stores of the simulation are handed, and never use.
  private static Handle ticket() {
    return Jdbi.create(
            () ->
                (Connection)
                    Proxy.newProxyInstance(
                        Simulation.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) ->
                            switch (method.getName()) {
                              case "getAutoCommit" -> true;
                              case "isClosed" -> false;
                              case "close" -> null;
                              default -> throw new UnsupportedOperationException(method.getName());
                            }))
        .open();
  }
}
