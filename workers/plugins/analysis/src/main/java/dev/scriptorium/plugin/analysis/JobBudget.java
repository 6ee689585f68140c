package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.analysis.members.Budget;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * What is left of a job's time and of the heap. Time is short in the last fifth of what the job had
 * when it began; memory, when nine tenths of the heap were still in use after the last collection.
 */
final class JobBudget implements Budget {
  private static final int LAST_PART = 5;
  private static final double MOST_MEMORY = 0.9;

  private final JobContext job;
  private final Optional<Duration> lastPart;
  private final DoubleSupplier memoryInUse;

  /**
   * @param job that begins now
   * @param memoryInUse share of the heap that is in use, 0 to 1
   */
  JobBudget(JobContext job, DoubleSupplier memoryInUse) {
    this.job = job;
    this.lastPart = job.timeLeft().map(all -> all.dividedBy(LAST_PART));
    this.memoryInUse = memoryInUse;
  }

  @Override
  public Optional<Shortage> shortage() {
    if (lastPart.isPresent() && job.timeLeft().orElseThrow().compareTo(lastPart.get()) < 0) {
      return Optional.of(Shortage.TIME);
    }
    return memoryInUse.getAsDouble() > MOST_MEMORY
        ? Optional.of(Shortage.MEMORY)
        : Optional.empty();
  }

  /** Share of the heap that the last collection had to leave, 0 to 1. */
  static double heapInUse() {
    double most = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage kept = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      // The large pool alone says something: that of young objects is empty or full at any time.
      if (kept != null && kept.getMax() > 0 && pool.isUsageThresholdSupported()) {
        most = Math.max(most, (double) kept.getUsed() / kept.getMax());
      }
    }
    return most;
  }
}
