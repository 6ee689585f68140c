package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.pool.RunnerCaps;
import dev.scriptorium.worker.pool.RunnerNeeds;
import java.util.Optional;

/**
 * What jobs are promised of the memory for runners. A job that needs more than an ordinary runner
 * may take, or that has crashed before, gets a fresh runner of its own with larger caps.
 *
 * @param budget memory for all runners together
 * @param ordinary what an ordinary runner may take
 */
record MemoryPlan(ByteSize budget, RunnerCaps ordinary) {
  // Below the level at which the largest runner is killed.
  private static final double LARGEST = 0.9;
  private static final double HEADROOM = 1.25;

  /**
   * What to set aside for a job; empty when it does not fit beside the others.
   *
   * @param expected memory that the job is expected to need, in bytes; 0 when unknown
   * @param solo true: its runner must be one of its own
   * @param promised memory that is set aside for others, in bytes
   */
  Optional<RunnerNeeds> admit(long expected, boolean solo, long promised) {
    long free = Math.max(0, budget.bytes() - promised);
    long hard = ordinary.hard().bytes();
    long need = expected > 0 ? expected : Math.min(hard, budget.bytes());
    if (!solo && need <= hard) {
      return need <= free ? Optional.of(RunnerNeeds.ordinary(need)) : Optional.empty();
    }
    long least = Math.max(need, hard);
    long most = Math.min(free, (long) (budget.bytes() * LARGEST));
    if (least > most) {
      return Optional.empty();
    }
    long wanted = solo ? Math.max(2 * hard, (long) (need * HEADROOM)) : (long) (need * HEADROOM);
    long cap = Math.clamp(wanted, least, most);
    return Optional.of(new RunnerNeeds(cap, Optional.of(ordinary.raisedTo(new ByteSize(cap)))));
  }
}
