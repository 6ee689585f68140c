package dev.scriptorium.worker.pool;

/**
 * What a job took of its runner.
 *
 * @param peakBytes most resident memory of the runner meanwhile; 0 when unknown
 * @param cpuMillis processor time; 0 when unknown
 */
public record RunnerUsage(long peakBytes, long cpuMillis) {}
