package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Says what the memory in use allows: to grow, to stay, to shrink, or that somebody must go now.
 * Not thread-safe.
 */
final class MemoryGuard {
  private static final double GROW_BELOW = 0.80;
  private static final double SHRINK_ABOVE = 0.90;
  private static final double BRAKE_ABOVE = 0.95;

  private final ByteSize budget;
  private final DoubleSupplier machine;
  private final LongSupplier worker;
  private long treeBytes;
  private double machineUsed;

  /**
   * @param budget for the worker and all its runners
   * @param machine part of the machine's memory that is in use
   * @param worker resident memory of the worker itself
   */
  MemoryGuard(ByteSize budget, DoubleSupplier machine, LongSupplier worker) {
    this.budget = budget;
    this.machine = machine;
    this.worker = worker;
  }

  /** Looks once more; to be called several times a second. */
  void look(long runnersBytes) {
    treeBytes = worker.getAsLong() + runnersBytes;
    machineUsed = machine.getAsDouble();
  }

  /** True when runners may become more. */
  boolean mayGrow() {
    return pressure() < GROW_BELOW;
  }

  /** True when so much more may be taken for a while. */
  boolean roomFor(long bytes) {
    return machineUsed < SHRINK_ABOVE && treeBytes + bytes < budget.bytes() * SHRINK_ABOVE;
  }

  /** True when runners that have nothing to do should go. */
  boolean mustShrink() {
    return pressure() > SHRINK_ABOVE;
  }

  /** True when the budget is all but used up: a runner must go at once. */
  boolean mustBrake() {
    return treeBytes > budget.bytes() * BRAKE_ABOVE;
  }

  private double pressure() {
    return Math.max(machineUsed, (double) treeBytes / budget.bytes());
  }
}
