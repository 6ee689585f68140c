package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.AttemptKey;

/**
 * One try at a job, without the token: the key of its outcome.
 *
 * @param job id of the job
 * @param attempt from 1
 */
public record AttemptRef(long job, int attempt) {
  static AttemptRef of(AttemptKey key) {
    return new AttemptRef(key.job(), key.attempt());
  }
}
