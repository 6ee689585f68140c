package dev.scriptorium.server.operations;

/**
 * A worker that is connected to this server.
 *
 * @param name stable over its restarts
 * @param version of its program
 * @param runners ready or busy
 * @param runningJobs jobs it runs
 * @param memoryBudgetBytes memory it may use for runners
 * @param workerMemoryBytes resident memory of the worker process
 * @param runnerMemoryBytes resident memory of its runners
 * @param sandbox {@code bwrap}, {@code setpriv} or {@code none}
 */
public record ConnectedWorker(
    String name,
    String version,
    int runners,
    int runningJobs,
    long memoryBudgetBytes,
    long workerMemoryBytes,
    long runnerMemoryBytes,
    String sandbox) {}
