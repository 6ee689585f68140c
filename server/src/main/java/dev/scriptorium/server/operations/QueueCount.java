package dev.scriptorium.server.operations;

/**
 * Jobs of one kind that have not ended.
 *
 * @param kind for example {@code parse}
 * @param blocked wait for other jobs
 * @param waiting wait for a worker
 * @param running under way
 */
public record QueueCount(String kind, int blocked, int waiting, int running) {}
