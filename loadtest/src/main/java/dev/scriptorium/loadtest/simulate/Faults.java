package dev.scriptorium.loadtest.simulate;

import java.util.random.RandomGenerator;

/**
 * What goes wrong in one schedule, and how often. Every schedule has its own mixture: faults that
 * never occur together with others would hide some defects, and so would faults that always do.
 *
 * @param commitFails share of transactions that are rolled back when they commit
 * @param answerLost share of transactions that commit although the caller is told otherwise
 * @param overlap share of transactions during which others go on
 * @param slowMillis longest delay of a message
 * @param streamBreaks mean milliseconds between broken streams; 0: never
 * @param serverKills mean milliseconds between kills; 0: never
 * @param workerKills mean milliseconds between kills; 0: never
 * @param freezes mean milliseconds between servers or workers that stop for a while; 0: never
 * @param partitions mean milliseconds between links that pass nothing for a while; 0: never
 * @param databaseCrashes mean milliseconds between crashes of the database; 0: never
 * @param backendKills mean milliseconds between broken transactions; 0: never
 * @param clockJumps mean milliseconds between clocks that are set; 0: never
 * @param duplicates share of reports that are said twice
 * @param cancels mean milliseconds between cancelled jobs; 0: never
 */
record Faults(
    double commitFails,
    double answerLost,
    double overlap,
    int slowMillis,
    int streamBreaks,
    int serverKills,
    int workerKills,
    int freezes,
    int partitions,
    int databaseCrashes,
    int backendKills,
    int clockJumps,
    double duplicates,
    int cancels) {
  static final Faults NONE = new Faults(0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Some mixture. */
  static Faults any(RandomGenerator random) {
    return new Faults(
        share(random, 0.05),
        share(random, 0.05),
        share(random, 0.3),
        random.nextInt(3) == 0 ? 400 : 20,
        mean(random, 2000),
        mean(random, 6000),
        mean(random, 6000),
        mean(random, 5000),
        mean(random, 5000),
        mean(random, 8000),
        mean(random, 2000),
        mean(random, 5000),
        share(random, 0.2),
        mean(random, 2500));
  }

  private static double share(RandomGenerator random, double most) {
    return random.nextInt(3) == 0 ? 0 : random.nextDouble() * most;
  }

  private static int mean(RandomGenerator random, int usual) {
    return random.nextInt(2) == 0 ? 0 : usual / 2 + random.nextInt(usual);
  }
}
