package dev.scriptorium.server.jobs.schedule;

/** How an attempt ended. */
public enum Ending {
  /** Its result was applied. */
  SUCCEEDED,
  /** The plugin said no, or the result broke a rule. */
  FAILED,
  /** The runner ended. */
  CRASHED,
  /** No result within the deadline. */
  TIMED_OUT,
  /** The worker was lost. */
  LOST,
  /** Handed back unharmed. */
  RELEASED,
  /** Stopped by its owner, or with its book. */
  CANCELLED,
  /** The crash that was one too many. */
  QUARANTINED
}
