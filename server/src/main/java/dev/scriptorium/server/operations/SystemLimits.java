package dev.scriptorium.server.operations;

/**
 * Limits on requests.
 *
 * @param maxUploadBytes largest file
 * @param maxPageSize largest page of a list
 * @param maxMessageBytes largest message that is received
 * @param maxWaitingJobs most jobs of one owner that may wait
 */
public record SystemLimits(
    long maxUploadBytes, int maxPageSize, int maxMessageBytes, int maxWaitingJobs) {}
