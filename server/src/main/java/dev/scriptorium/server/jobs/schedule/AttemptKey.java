package dev.scriptorium.server.jobs.schedule;

/**
 * One try at a job, as both sides name it.
 *
 * @param job id of the job
 * @param attempt from 1
 * @param token random number of the dispatch; nobody without it can speak for the attempt
 */
public record AttemptKey(long job, int attempt, long token) {}
