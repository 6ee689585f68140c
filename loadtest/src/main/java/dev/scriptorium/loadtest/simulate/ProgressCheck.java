package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobListener;
import dev.scriptorium.v1.Job.State;
import java.util.HashMap;
import java.util.Map;

/** Hears of every change on one server and checks that no attempt goes backwards. */
final class ProgressCheck implements JobListener {
  private final Witness witness;
  private final Map<Long, Integer> percents = new HashMap<>();

  ProgressCheck(Witness witness) {
    this.witness = witness;
  }

  @Override
  public void changed(Job job, State state, int percent, String activity) {
    if (state != State.STATE_RUNNING) {
      percents.remove(job.id());
      return;
    }
    Integer before = percents.put(job.id(), percent);
    if (before != null && before > percent) {
      witness.violated("I10", "job " + job.id() + " goes back from " + before + " to " + percent);
    }
  }
}
