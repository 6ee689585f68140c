package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import java.time.Duration;

/**
 * How many runners are kept.
 *
 * @param least runners to keep ready, at least 1
 * @param most runners to have at most; successors that become ready and spare ones not counted
 * @param spare runners to keep ready beyond those that are needed, as far as memory allows: one of
 *     them takes the place of a runner that falls or is replaced at once
 * @param budget memory for the worker and all its runners
 * @param idleTime time after which a runner above the least number is let go when it has no job
 */
public record PoolSettings(int least, int most, int spare, ByteSize budget, Duration idleTime) {
  /** Time without a job after which a runner that is not needed leaves. */
  public static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(60);

  /** Checks the order. */
  public PoolSettings {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException("runners " + least + ".." + most + ": at least 1");
    }
    if (spare < 0) {
      throw new IllegalArgumentException("spare runners " + spare + ": 0 or more");
    }
  }
}
