package dev.scriptorium.server.jobs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
 * @param priority 0 to 100; higher comes first within its tier
 * @param notBefore when the first attempt may start
 * @param limit limits it counts against; null for none
 * @param inputBytes length of what it reads; 0 when unknown
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
    int priority,
    Instant notBefore,
    @Nullable KeyLimit limit,
    long inputBytes,
    History history) {
  /** Copies the list. */
  public Entry {
    after = List.copyOf(after);
  }
}
