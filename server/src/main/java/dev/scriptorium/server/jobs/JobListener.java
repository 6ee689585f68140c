package dev.scriptorium.server.jobs;

import dev.scriptorium.v1.Job.State;

/** Hears of every change of a job, after the commit that made it. Calls must return at once. */
public interface JobListener {
  /**
   * @param percent 0 to 100, of the running attempt
   * @param activity what it is doing; empty when it does not run
   */
  void changed(Job job, State state, int percent, String activity);
}
