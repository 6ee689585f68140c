package dev.scriptorium.server.database;

/**
 * How many connections a server may use.
 *
 * @param api for calls of apps; 2 to 100
 * @param scheduler for jobs, keys and sweeping; 2 to 100
 */
public record PoolSizes(int api, int scheduler) {
  /** Checks the ranges. */
  public PoolSizes {
    check(api);
    check(scheduler);
  }

  /**
   * A database does its best with about two busy connections a core and one a disk; more only wait
   * inside it. Calls run on virtual threads and wait for a connection outside. The scheduler
   * commits in groups and needs half of that.
   *
   * @param cores processors of the database, or of this machine when unknown
   */
  public static PoolSizes forCores(int cores) {
    int busy = Math.clamp(cores * 2L + 1, 6, 20);
    return new PoolSizes(busy, Math.max(4, busy / 2));
  }

  private static void check(int size) {
    if (size < 2 || size > 100) {
      throw new IllegalArgumentException("pool size " + size + " is not 2 to 100");
    }
  }
}
