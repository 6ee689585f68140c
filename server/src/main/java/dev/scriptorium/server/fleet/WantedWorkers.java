package dev.scriptorium.server.fleet;

import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.Queue;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many workers are wanted, from the work that could run now and how long it takes, not from how
 * much is queued: what waits for a limit, a pause, a breaker or its time would only idle there.
 *
 * @param kinds kinds that count; empty for all
 * @param drainSeconds time in which what could run should be done, from 1
 */
record WantedWorkers(Set<String> kinds, double drainSeconds) {
  /** Of a kind of which nothing is known yet. */
  private static final double USUAL_SECONDS = 10;

  private static final String DRAIN_SECONDS = "target_drain_seconds";
  private static final double USUAL_DRAIN_SECONDS = 60;

  /** Copies the set. */
  WantedWorkers {
    kinds = Set.copyOf(kinds);
  }

  /**
   * Reads the metadata of a scaled object.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  static WantedWorkers of(Map<String, String> metadata) {
    Set<String> kinds =
        Arrays.stream(metadata.getOrDefault("kinds", "").split(","))
            .map(String::strip)
            .filter(kind -> !kind.isEmpty())
            .collect(Collectors.toSet());
    return new WantedWorkers(kinds, drainSeconds(metadata.getOrDefault(DRAIN_SECONDS, "")));
  }

  private static double drainSeconds(String text) {
    if (text.isEmpty()) {
      return USUAL_DRAIN_SECONDS;
    }
    try {
      double seconds = Double.parseDouble(text);
      if (seconds >= 1 && seconds <= 86_400) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      throw refusal(text, e);
    }
    throw refusal(text, null);
  }

  private static RuntimeException refusal(String text, @Nullable Exception why) {
    RuntimeException refusal =
        InvalidField.of("scalerMetadata." + DRAIN_SECONDS, text, "1 to 86400 seconds");
    if (why != null) {
      refusal.initCause(why);
    }
    return refusal;
  }

  /** True when something could run, or runs. */
  boolean any(Queue queue) {
    return queue.getKindsList().stream().anyMatch(kind -> counts(kind) && jobs(kind) > 0);
  }

  /**
   * How many.
   *
   * @param slotsPerWorker jobs that a worker runs at once, from 1
   * @return 0 when nothing could run nor runs
   */
  long in(Queue queue, double slotsPerWorker) {
    double seconds = 0;
    for (KindStatus kind : queue.getKindsList()) {
      if (counts(kind)) {
        double mean = kind.getMeanSeconds() > 0 ? kind.getMeanSeconds() : USUAL_SECONDS;
        seconds += jobs(kind) * mean;
      }
    }
    return (long) Math.ceil(seconds / drainSeconds / slotsPerWorker);
  }

  private boolean counts(KindStatus kind) {
    return kinds.isEmpty() || kinds.contains(kind.getKind());
  }

  private static long jobs(KindStatus kind) {
    return kind.getRunnable() + kind.getRunning();
  }
}
