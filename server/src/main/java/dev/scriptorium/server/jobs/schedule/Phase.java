package dev.scriptorium.server.jobs.schedule;

/** Where a job that has not ended stands. */
public enum Phase {
  /** Written in a transaction whose fate is not known yet. */
  UNCOMMITTED,
  /** Waits for other jobs. */
  BLOCKED,
  /** Waits for its time to be tried again. */
  DELAYED,
  /** Waits for a worker. */
  WAITING,
  /** Offered to a worker that has not answered. */
  OFFERED,
  /** An attempt is under way, as far as known. */
  RUNNING
}
