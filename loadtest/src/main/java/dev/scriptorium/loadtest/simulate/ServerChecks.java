package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobListener;
import dev.scriptorium.v1.Job.State;
import java.util.HashMap;
import java.util.Map;

/** Hears of every change on one server: progress, what it knows to run, who is served. */
final class ServerChecks implements JobListener {
  private final World world;
  private final FairnessCheck fairness;
  private final Map<Long, Integer> percents = new HashMap<>();
  private final Map<Long, Long> runs = new HashMap<>();

  ServerChecks(World world, SimulatedServer server) {
    this.world = world;
    this.fairness = new FairnessCheck(world, server);
  }

  FairnessCheck fairness() {
    return fairness;
  }

  /**
   * Jobs that run as the server knows, its own and those it has inherited; with the moment at which
   * it came to know.
   */
  Map<Long, Long> runs() {
    return runs;
  }

  @Override
  public void changed(Job job, State state, int percent, String activity) {
    fairness.changed(job, state);
    if (state != State.STATE_RUNNING) {
      percents.remove(job.id());
      runs.remove(job.id());
      return;
    }
    runs.putIfAbsent(job.id(), world.moment());
    world.counts.checked(Invariant.I10);
    Integer before = percents.put(job.id(), percent);
    if (before != null && before > percent) {
      world.witness.violated(
          Invariant.I10, "job " + job.id() + " goes back from " + before + " to " + percent);
    }
  }
}
