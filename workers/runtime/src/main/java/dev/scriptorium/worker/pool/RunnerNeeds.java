package dev.scriptorium.worker.pool;

import java.util.Optional;

/**
 * What a job needs of a runner.
 *
 * @param reservedBytes memory that is set aside for it
 * @param own caps of a fresh runner that is started for this job alone; empty: any idle runner will
 *     do
 */
public record RunnerNeeds(long reservedBytes, Optional<RunnerCaps> own) {
  /** A job for any idle runner. */
  public static RunnerNeeds ordinary(long reservedBytes) {
    return new RunnerNeeds(reservedBytes, Optional.empty());
  }
}
