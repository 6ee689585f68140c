package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Patience;
import dev.scriptorium.server.jobs.schedule.Retry;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of the queue.
 *
 * @param serverName stable over restarts: a server inherits from its namesake
 * @param maxJobsOfOwner jobs of one owner that may be unfinished at once
 * @param maxJobs jobs that may be unfinished at once
 * @param kinds rules of the known kinds
 * @param otherKinds rule of every other kind
 * @param limits how often a job is tried
 * @param retryBase upper bound of the delay before the first retry
 * @param retryCeiling upper bound of every delay before a retry
 * @param patience how long to wait for workers
 * @param heartbeat how often the server says that it lives
 * @param silence after what time without a heartbeat another server counts as dead
 */
public record JobSettings(
    String serverName,
    int maxJobsOfOwner,
    int maxJobs,
    Map<String, KindRule> kinds,
    KindRule otherKinds,
    Retry.Limits limits,
    Duration retryBase,
    Duration retryCeiling,
    Patience patience,
    Duration heartbeat,
    Duration silence) {

  // Of the heap, for a waiting job: half of it is what else the server needs.
  private static final long JOB_BYTES = 1280;
  private static final long MEMORY = 256L << 20;
  private static final Duration STALL = Duration.ofSeconds(60);

  /** Copies the map. */
  public JobSettings {
    kinds = Map.copyOf(kinds);
  }

  /**
   * The defaults of a server: as many unfinished jobs as its memory holds, half of them one
   * owner's.
   */
  public static JobSettings of(String serverName) {
    int held = Math.clamp(Runtime.getRuntime().maxMemory() / JOB_BYTES, 20_000, 5_000_000);
    return new JobSettings(
        serverName,
        held / 2,
        held,
        Map.of(
            "inspect", rule(60, Duration.ofSeconds(30), KindRule.Reads.FILE),
            "parse", rule(600, STALL, KindRule.Reads.FILE),
            "analyze", rule(600, STALL, KindRule.Reads.PACK),
            "summarize", rule(300, STALL, KindRule.Reads.PACK_AND_RESULTS)),
        rule(600, STALL, KindRule.Reads.FILE),
        new Retry.Limits(3, 3, 1000),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(15)),
        Duration.ofSeconds(2),
        Duration.ofSeconds(8));
  }

  /** The rule of a kind. */
  public KindRule kind(String kind) {
    return kinds.getOrDefault(kind, otherKinds);
  }

  private static KindRule rule(int deadlineSeconds, Duration stall, KindRule.Reads reads) {
    return new KindRule(Duration.ofSeconds(deadlineSeconds), stall, MEMORY, reads);
  }
}
