package dev.scriptorium.server.fleet;

/**
 * A connected worker as operators see it. Memory is in bytes.
 *
 * @param name its name
 * @param version its version
 * @param runners runners that are ready or busy
 * @param runningJobs attempts it runs
 * @param memoryBudgetBytes memory it may use for runners
 * @param workerMemoryBytes resident memory of the worker process
 * @param runnerMemoryBytes resident memory of its runners
 * @param sandbox how far the runners are shut in
 */
public record WorkerView(
    String name,
    String version,
    int runners,
    int runningJobs,
    long memoryBudgetBytes,
    long workerMemoryBytes,
    long runnerMemoryBytes,
    String sandbox) {}
