package dev.scriptorium.server.jobs.schedule;

import org.jspecify.annotations.Nullable;

/** What was learned of a kind of work, by the size of its input in powers of two. */
final class WorkStats {
  private static final int BUCKETS = 48;

  final Mean seconds = new Mean();

  /** Changes whenever an estimate may have. */
  int version;

  private final @Nullable Peaks[] buckets = new Peaks[BUCKETS];

  /** Inputs of so many bytes are alike; 0 for an unknown size. */
  static int bucket(long inputBytes) {
    return inputBytes <= 0 ? 0 : Math.min(64 - Long.numberOfLeadingZeros(inputBytes), BUCKETS - 1);
  }

  void learn(int bucket, long peakBytes, double elapsed) {
    Peaks peaks = buckets[bucket];
    if (peaks == null) {
      peaks = new Peaks();
      buckets[bucket] = peaks;
    }
    if (elapsed > 0) {
      seconds.add(elapsed);
      peaks.seconds.add(elapsed);
    }
    if (peakBytes > 0) {
      peaks.add(peakBytes);
    }
    version++;
  }

  /**
   * In bytes, what most attempts need; 0 when nothing is known. What was never seen needs at least
   * what the next smaller inputs do.
   */
  long peak(int bucket) {
    for (int i = bucket; i >= 0; i--) {
      Peaks peaks = buckets[i];
      if (peaks != null && peaks.p95() > 0) {
        return peaks.p95();
      }
    }
    return 0;
  }

  /** Expected time in seconds; 0 when nothing is known. */
  double seconds(int bucket) {
    Peaks peaks = buckets[bucket];
    return peaks != null && peaks.seconds.isKnown() ? peaks.seconds.value() : seconds.value();
  }
}
