package dev.scriptorium.server.jobs;

import java.time.Duration;

/**
 * What holds for every job of a kind.
 *
 * @param deadline time for a whole attempt
 * @param stall longest time without progress
 * @param memoryBytes memory an attempt is expected to need
 * @param reads what it reads
 */
public record KindRule(Duration deadline, Duration stall, long memoryBytes, Reads reads) {
  /** Time for a whole attempt at a job. */
  Duration deadline(Job job) {
    return job.terms().deadline().isZero() ? deadline : job.terms().deadline();
  }

  /** What a job reads. */
  public enum Reads {
    /** The uploaded file. */
    FILE,
    /** The book's pack. */
    PACK,
    /** The pack, and the results of the jobs it waited for. */
    PACK_AND_RESULTS
  }
}
