package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Phase;

/**
 * Jobs of one kind that have not ended.
 *
 * @param kind kind of job
 * @param blocked how many wait for other jobs
 * @param waiting how many wait for a worker
 * @param running how many are under way
 */
public record JobDepth(String kind, int blocked, int waiting, int running) {
  static JobDepth of(String kind, Phase phase) {
    return switch (phase) {
      case UNCOMMITTED, BLOCKED -> new JobDepth(kind, 1, 0, 0);
      case DELAYED, WAITING, OFFERED -> new JobDepth(kind, 0, 1, 0);
      case RUNNING -> new JobDepth(kind, 0, 0, 1);
    };
  }

  JobDepth plus(JobDepth other) {
    return new JobDepth(
        kind, blocked + other.blocked, waiting + other.waiting, running + other.running);
  }
}
