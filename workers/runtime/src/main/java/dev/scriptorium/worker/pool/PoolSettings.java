package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import java.time.Duration;

/**
 * How many runners are kept.
 *
 * @param least runners to keep ready, at least 1
 * @param most runners to have at most; successors that become ready not counted
 * @param budget memory for the worker and all its runners
 * @param idleTime time after which a runner above the least number is let go when it has no job
 */
public record PoolSettings(int least, int most, ByteSize budget, Duration idleTime) {
  /** Time without a job after which a runner that is not needed leaves. */
  public static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(60);

  /** Checks the order. */
  public PoolSettings {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException("runners " + least + ".." + most + ": at least 1");
    }
  }
}
