package dev.scriptorium.server.jobs.schedule;

/** A mean that forgets slowly: the last twenty or so values count. */
final class Mean {
  private static final int WEIGHT = 20;

  private double value;
  private int count;

  void add(double next) {
    count = Math.min(count + 1, WEIGHT);
    value += (next - value) / count;
  }

  boolean isKnown() {
    return count > 0;
  }

  /** 0 when nothing is known. */
  double value() {
    return value;
  }
}
