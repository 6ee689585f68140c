package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.server.jobs.schedule.Phase;
import dev.scriptorium.v1.Job.State;

/** How the API calls the scheduler's phases and endings. */
final class States {
  private States() {}

  static boolean isCommitted(Phase phase) {
    return phase != Phase.UNCOMMITTED;
  }

  static State of(Phase phase) {
    return switch (phase) {
      case UNCOMMITTED, BLOCKED -> State.STATE_BLOCKED;
      case DELAYED, WAITING, OFFERED -> State.STATE_WAITING;
      case RUNNING -> State.STATE_RUNNING;
    };
  }

  /** State of a job whose last attempt ended so. */
  static State of(Ending last) {
    return switch (last) {
      case SUCCEEDED -> State.STATE_SUCCEEDED;
      case FAILED, CRASHED, TIMED_OUT, LOST, RELEASED -> State.STATE_FAILED;
      case CANCELLED -> State.STATE_CANCELLED;
      case QUARANTINED -> State.STATE_QUARANTINED;
    };
  }

  static dev.scriptorium.v1.Ending wire(Ending ending) {
    return dev.scriptorium.v1.Ending.valueOf("ENDING_" + ending.name());
  }
}
