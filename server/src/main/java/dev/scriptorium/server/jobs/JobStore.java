package dev.scriptorium.server.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes jobs and looks them up, inside a transaction of the caller's. Thread-safe. */
public interface JobStore {
  /**
   * Makes room for jobs of a day; what is there already stays.
   *
   * @param day counted from 2020-01-01
   */
  default void openDay(Handle handle, int day) {}

  /**
   * Writes jobs for an incarnation that must not be dead.
   *
   * @param retryOf for every job the one it replaces, or 0
   * @throws IncarnationDeadException when another server has taken over
   */
  void insert(Handle handle, long incarnation, List<Job> jobs, List<Long> retryOf);

  /**
   * Waits until the transaction that wrote the jobs, if there was one, is over.
   *
   * @return true when it has committed
   */
  boolean committed(Handle handle, List<Long> jobs);

  /**
   * The owners of those of the jobs that exist, ended or not. A store with one server alone may
   * leave it: what is not in its memory has ended there.
   */
  default Map<Long, UUID> owners(Handle handle, Set<Long> jobs) {
    return Map.of();
  }

  /** For those of the jobs that have ended for good: whether they succeeded. */
  Map<Long, Boolean> ended(Handle handle, Set<Long> jobs);
}
