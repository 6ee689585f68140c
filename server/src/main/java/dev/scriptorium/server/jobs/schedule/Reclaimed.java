package dev.scriptorium.server.jobs.schedule;

import java.util.List;

/**
 * What a scheduler has to say of attempts that a worker holds.
 *
 * @param adopted are this scheduler's from now on, and run
 * @param strange of jobs in memory, but not, or no longer, this worker's to run
 * @param unknown of jobs that are not in memory: they have ended or are another server's
 */
public record Reclaimed(
    List<AttemptKey> adopted, List<AttemptKey> strange, List<AttemptKey> unknown) {
  /** Copies the lists. */
  public Reclaimed {
    adopted = List.copyOf(adopted);
    strange = List.copyOf(strange);
    unknown = List.copyOf(unknown);
  }
}
