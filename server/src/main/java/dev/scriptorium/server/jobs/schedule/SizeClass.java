package dev.scriptorium.server.jobs.schedule;

/**
 * Jobs of one kind of work that need the same memory: where one does not fit, none does. So what
 * waits can be asked for a class at a time.
 */
final class SizeClass {
  final Work work;
  final long floorBytes;
  final int bucket;

  /** Its jobs have ended a runner before. */
  final boolean crashed;

  /** Jobs in memory that belong to it. */
  int jobs;

  private int seen = -1;
  private long seenLargest = -1;
  private long need;

  SizeClass(Work work, long floorBytes, int bucket, boolean crashed) {
    this.work = work;
    this.floorBytes = floorBytes;
    this.bucket = bucket;
    this.crashed = crashed;
  }

  /** Memory to set aside, in bytes. */
  long need() {
    long largest = work.largest();
    if (seen != work.stats.version || seenLargest != largest) {
      seen = work.stats.version;
      seenLargest = largest;
      need = Math.max(floorBytes, withMargin(work.stats.peak(bucket), largest));
    }
    return need;
  }

  // A fifth more than what was seen; but the margin alone must not make a job too large for all.
  private static long withMargin(long peak, long largest) {
    long wanted = peak + peak / 5;
    return wanted > largest && peak <= largest ? largest : wanted;
  }

  /** True when no connected worker that can do it has the memory, though some can. */
  boolean isTooLarge() {
    long largest = work.largest();
    return largest > 0 && need() > largest;
  }

  /** Expected time in microseconds; 0 when nothing is known. */
  long micros() {
    return (long) (work.stats.seconds(bucket) * Micros.SECOND);
  }
}
