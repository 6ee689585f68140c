package dev.scriptorium.worker.trial;

/**
 * What jobs took, several added up.
 *
 * @param readyMillis from starting the runner's process until it could take the first job of all
 * @param elapsedMillis from handing over a job until its result is written; a runner's start not
 *     counted
 * @param cpuMillis processor time of the runner
 * @param resultBytes length of the result, without the pack
 * @param packBytes length of the pack; 0 when there is none
 * @param peakMemoryBytes most resident memory of the runner, of all jobs; 0 when unknown
 */
record TrialStats(
    long readyMillis,
    long elapsedMillis,
    long cpuMillis,
    long resultBytes,
    long packBytes,
    long peakMemoryBytes) {
  static final TrialStats NONE = new TrialStats(0, 0, 0, 0, 0, 0);

  TrialStats plus(TrialStats next) {
    return new TrialStats(
        Math.max(readyMillis, next.readyMillis),
        elapsedMillis + next.elapsedMillis,
        cpuMillis + next.cpuMillis,
        resultBytes + next.resultBytes,
        packBytes + next.packBytes,
        Math.max(peakMemoryBytes, next.peakMemoryBytes));
  }
}
