package dev.scriptorium.worker.worker;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often runners were killed from outside under a job. Once or twice it is an operator, or bad
 * luck; a job under which it happens again and again is to blame after all, and would go round for
 * ever if that were never counted. Confined to the worker's loop.
 */
final class KilledJobs {
  /** Kills that are nobody's fault. */
  static final int FORGIVEN = 5;

  private static final int MOST_JOBS = 1000;

  private final Map<Long, Integer> kills =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
          return size() > MOST_JOBS;
        }
      };

  /** Takes note of a kill; true while it is forgiven. */
  boolean forgives(long job) {
    return kills.merge(job, 1, Integer::sum) <= FORGIVEN;
  }
}
