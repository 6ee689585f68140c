package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.worker.v1.Offer;

/**
 * How the queue speaks to one connected worker. What is said may be gathered until {@link #flush}.
 * Thread-safe; calls return at once.
 */
public interface WorkerLink {
  /** Offers an attempt. */
  void offer(Offer offer);

  /** The end of the attempt is committed. */
  void acknowledged(AttemptKey attempt);

  /** The attempt is this server's from now on. */
  void adopted(AttemptKey attempt);

  /** The attempt has ended otherwise. */
  void fenced(AttemptKey attempt);

  /** The attempt is to be stopped. */
  void cancel(AttemptKey attempt);

  /** Sends what was gathered. */
  default void flush() {}
}
