package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;

/**
 * How much memory a runner may take.
 *
 * @param heap largest Java heap, at least 32 MiB
 * @param direct most memory for buffers outside of the heap
 * @param overhead resident memory beyond both: code, classes, stacks, the collector
 */
public record RunnerCaps(ByteSize heap, ByteSize direct, ByteSize overhead) {
  /** Direct buffers of an ordinary runner. */
  static final ByteSize DIRECT = ByteSize.ofMebibytes(64);

  /** Resident memory at which the runner is replaced after its job. */
  private static final double SOFT = 0.85;

  /** Checks the range. */
  public RunnerCaps {
    if (heap.mebibytes() < 32) {
      throw new IllegalArgumentException("runner heap " + heap + ": at least 32m");
    }
  }

  /** Resident memory at which the runner is killed. */
  public ByteSize hard() {
    return heap.plus(direct).plus(overhead);
  }

  /** Resident memory above which the runner is replaced once its job has ended. */
  ByteSize soft() {
    return new ByteSize((long) (hard().bytes() * SOFT));
  }

  /** Caps with this hard limit, never below these: an eighth of what is more goes to buffers. */
  public RunnerCaps raisedTo(ByteSize limit) {
    long more = limit.bytes() - hard().bytes();
    if (more <= 0) {
      return this;
    }
    long buffers = more / 8;
    return new RunnerCaps(
        heap.plus(new ByteSize(more - buffers)), direct.plus(new ByteSize(buffers)), overhead);
  }
}
