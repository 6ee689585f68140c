package dev.scriptorium.worker.pool;

/** How many runners there should be, successors not counted. Not thread-safe. */
final class PoolSize {
  private final int least;
  private final int most;
  private final int spare;
  private int target;

  /** Begins with the least number. */
  PoolSize(int least, int most, int spare) {
    this.least = least;
    this.most = most;
    this.spare = spare;
    target = least;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  /** Runners there should be now. */
  int target() {
    return target;
  }

  /** Runners to keep beyond those, as far as memory allows. */
  int spare() {
    return spare;
  }

  /** So many jobs run or wait, and memory allows more runners. */
  void grow(int jobs) {
    target = Math.clamp(jobs, target, most);
  }

  /** A runner above the least number has had nothing to do for long. */
  void shrink() {
    target = Math.max(least, target - 1);
  }

  /** Memory is short: one less, even below the least number, but one stays. */
  void retreat() {
    target = Math.max(1, target - 1);
  }

  /** Memory is there again. */
  void recover() {
    target = Math.max(least, target);
  }
}
