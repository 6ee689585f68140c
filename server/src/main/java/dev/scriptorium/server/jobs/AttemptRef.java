package dev.scriptorium.server.jobs;

/**
 * One try at a job, without the token: the key of its outcome.
 *
 * @param job id of the job
 * @param attempt from 1
 */
public record AttemptRef(long job, int attempt) {}
