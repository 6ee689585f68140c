package dev.scriptorium.server.jobs.schedule;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What the scheduler knows of a job.
 *
 * @param id positive
 * @param owner whose job it is
 * @param book the book it works on
 * @param work what a worker must be able to do
 * @param tier 1 to 3: lower tiers come first
 * @param after jobs that must succeed first
 * @param memoryBytes memory an attempt is expected to need
 * @param deadline time for a whole attempt
 * @param history the attempts that have ended
 */
public record Entry(
    long id,
    UUID owner,
    UUID book,
    JobClass work,
    int tier,
    List<Long> after,
    long memoryBytes,
    Duration deadline,
    History history) {
  /** Copies the list. */
  public Entry {
    after = List.copyOf(after);
  }
}
