package dev.scriptorium.server.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Recounts what a scheduler should have kept to: by looking at every job, where the scheduler keeps
 * numbers.
 */
final class SimulatedLimits {
  private final Map<Long, Long> free = new HashMap<>();
  private final Map<Long, List<Effect.Offer>> uncounted = new HashMap<>();
  private final Set<Long> forced = new HashSet<>();

  /** A worker tells what it has; only offers that it has not answered are not counted in that. */
  void heartbeat(Scheduler scheduler, long seat, long bytes) {
    free.put(seat, bytes);
    uncounted
        .computeIfAbsent(seat, id -> new ArrayList<>())
        .removeIf(
            offer ->
                !scheduler.underWay(offer.attempt())
                    || phase(scheduler, offer.attempt().job()) != Phase.OFFERED);
  }

  /** A worker says what it runs: that is so, whatever the limits. */
  void forced(Scheduler scheduler, List<AttemptKey> held) {
    for (AttemptKey key : held) {
      if (scheduler.knows(key.job()) && phase(scheduler, key.job()) == Phase.WAITING) {
        forced.add(key.job());
      }
    }
  }

  private static Phase phase(Scheduler scheduler, long job) {
    return scheduler.look(job).orElseThrow().phase();
  }

  void offered(Scheduler scheduler, Effect.Offer offer) {
    List<Effect.Offer> here = uncounted.computeIfAbsent(offer.seat(), id -> new ArrayList<>());
    here.removeIf(other -> !scheduler.underWay(other.attempt()));
    here.add(offer);
    assertThat(here.stream().mapToLong(Effect.Offer::memoryBytes).sum())
        .as("what is set aside fits what the worker had free")
        .isLessThanOrEqualTo(free.getOrDefault(offer.seat(), 0L));
  }

  void check(Scheduler scheduler, Collection<Entry> open, Instant now) {
    Map<String, int[]> counts = new TreeMap<>();
    Map<String, Integer> keys = new HashMap<>();
    Map<String, Integer> excess = new HashMap<>();
    Map<String, Integer> bounds = new HashMap<>();
    for (Entry entry : open) {
      Phase phase = phase(scheduler, entry.id());
      int[] count = counts.computeIfAbsent(entry.work().kind(), kind -> new int[4]);
      switch (phase) {
        case BLOCKED -> count[0]++;
        case DELAYED -> count[1]++;
        case WAITING -> count[2]++;
        case OFFERED, RUNNING -> count[3]++;
        case UNCOMMITTED -> {}
      }
      KeyLimit limit = entry.limit();
      if (limit != null) {
        bounds.put(limit.key(), limit.concurrency());
        if (phase == Phase.OFFERED || phase == Phase.RUNNING) {
          keys.merge(limit.key(), 1, Integer::sum);
          if (forced.contains(entry.id())) {
            excess.merge(limit.key(), 1, Integer::sum);
          }
        }
      }
    }
    keys.forEach(
        (key, running) ->
            assertThat(running - excess.getOrDefault(key, 0))
                .as("under way of key " + key)
                .isLessThanOrEqualTo(bounds.getOrDefault(key, 0)));
    compare(scheduler.depths(now), counts);
  }

  private static void compare(List<KindDepth> depths, Map<String, int[]> counts) {
    for (KindDepth depth : depths) {
      int[] count = counts.getOrDefault(depth.kind(), new int[4]);
      assertThat(
              List.of(
                  depth.blocked(),
                  depth.delayed(),
                  depth.runnable() + depth.held() + depth.unschedulable(),
                  depth.running()))
          .as("depth of " + depth.kind())
          .isEqualTo(List.of(count[0], count[1], count[2], count[3]));
      counts.remove(depth.kind());
    }
    assertThat(counts).as("kinds without a depth").isEmpty();
  }
}
