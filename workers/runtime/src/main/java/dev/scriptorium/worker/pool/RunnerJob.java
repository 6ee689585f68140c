package dev.scriptorium.worker.pool;

import java.time.Duration;

/** A job in a runner: its clocks and what it takes. Confined to the pool's loop. */
final class RunnerJob {
  private final RunnerTask task;
  private final JobClocks clocks;
  private final long reservedBytes;
  private final Duration cpuBefore;
  private final long peakBefore;
  private long peakBytes;

  /**
   * @param cpuBefore processor time of the runner before the job
   * @param peakBefore the kernel's peak of the runner's memory before the job
   */
  RunnerJob(
      RunnerTask task, JobClocks clocks, long reservedBytes, Duration cpuBefore, long peakBefore) {
    this.task = task;
    this.clocks = clocks;
    this.reservedBytes = reservedBytes;
    this.cpuBefore = cpuBefore;
    this.peakBefore = peakBefore;
  }

  RunnerTask task() {
    return task;
  }

  JobClocks clocks() {
    return clocks;
  }

  long reservedBytes() {
    return reservedBytes;
  }

  /** Takes note of the runner's memory. */
  void saw(ProcessMemory memory) {
    // The kernel's own peak counts when it was reached during the job.
    boolean ours = memory.peakBytes() > peakBefore;
    peakBytes = Math.max(peakBytes, ours ? memory.peakBytes() : memory.residentBytes());
  }

  /** Most memory that was seen. */
  long peakBytes() {
    return peakBytes;
  }

  /** What it took in all. */
  RunnerUsage usage(Duration cpuNow) {
    return new RunnerUsage(peakBytes, Math.max(0, cpuNow.minus(cpuBefore).toMillis()));
  }
}
