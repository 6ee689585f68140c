package dev.scriptorium.server.jobs.schedule;

/**
 * An attempt that the server has to end itself.
 *
 * @param job id of the job
 * @param attempt number of the attempt
 * @param worker name of its worker; empty when it never started
 * @param cause why
 */
public record Overdue(long job, int attempt, String worker, Cause cause) {
  /** Why the server ends an attempt. */
  public enum Cause {
    /** A job it waited for has failed for good. */
    DEPENDENCY,
    /** Its worker was not heard of for too long. */
    CONTACT,
    /** Its worker has let the deadline pass. */
    DEADLINE
  }
}
