package dev.scriptorium.server.jobs.schedule;

/**
 * Limits among the jobs that name the same key.
 *
 * @param key 1 to 100 characters
 * @param concurrency how many may run at once, from 1; with 1 they run in the order they came
 * @param startsPerMinute how many may start in any minute; 0: no limit
 */
public record KeyLimit(String key, int concurrency, int startsPerMinute) {}
