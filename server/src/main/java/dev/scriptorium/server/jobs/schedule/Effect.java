package dev.scriptorium.server.jobs.schedule;

/** What the scheduler wants done; in the order in which it decided so. */
public sealed interface Effect {
  /**
   * Offer the attempt to the worker in the seat.
   *
   * @param memoryBytes what the worker has to set aside for it
   * @param solo the job has crashed before and has to be alone in a runner with the largest cap
   */
  record Offer(long seat, AttemptKey attempt, long memoryBytes, boolean solo) implements Effect {}

  /** Tell the worker in the seat to stop the attempt: it has ended otherwise. */
  record Stop(long seat, AttemptKey attempt) implements Effect {}

  /**
   * The worker has begun the attempt.
   *
   * @param worker its name
   */
  record Started(AttemptKey attempt, String worker) implements Effect {}

  /** Something that can be seen of the job has changed. */
  record Changed(Standing standing) implements Effect {}

  /** The job has ended for good. */
  record Ended(long job, Ending ending) implements Effect {}
}
