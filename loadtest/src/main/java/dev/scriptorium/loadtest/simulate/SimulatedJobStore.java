package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.IncarnationDeadException;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobStore;
import dev.scriptorium.server.jobs.schedule.Ending;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Jobs in the simulated ledger. */
final class SimulatedJobStore implements JobStore {
  private final World world;
  private final SimulatedLedger ledger;

  private record BatchLock(long first) {}

  SimulatedJobStore(World world, SimulatedLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  @Override
  public void insert(Handle handle, long incarnation, List<Job> jobs, List<Long> retryOf) {
    ledger.lockShared(incarnation);
    ledger.lock(new BatchLock(jobs.getFirst().id()));
    if (world.variant != Variant.NO_GUARD && world.tables.deaths.containsKey(incarnation)) {
      throw new IncarnationDeadException(incarnation);
    }
    for (Job job : jobs) {
      if (!ledger.insert(new Row.JobRow(job))) {
        throw LedgerException.duplicate();
      }
    }
  }

  @Override
  public boolean committed(Handle handle, List<Long> jobs) {
    if (world.variant == Variant.DOUBT_IS_NO) {
      return false;
    }
    ledger.awaitLock(new BatchLock(jobs.getFirst()));
    return world.tables.jobs.keySet().containsAll(jobs);
  }

  @Override
  public Map<Long, Boolean> ended(Handle handle, Set<Long> jobs) {
    Map<Long, Boolean> ended = new HashMap<>();
    for (long job : jobs) {
      world
          .tables
          .last(job)
          .ifPresent(
              last ->
                  ended.put(
                      job,
                      world.variant == Variant.RELEASED_ON_FAILURE
                          || last.decision().ending() == Ending.SUCCEEDED));
    }
    return ended;
  }
}
