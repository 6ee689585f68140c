package dev.scriptorium.server.jobs.schedule;

import java.time.Duration;

/**
 * How long the scheduler waits for workers.
 *
 * @param answer for an answer to an offer
 * @param holdOff before the next offer to a worker that declined or did not answer
 * @param contact for a worker whose stream broke, before its attempts count as lost
 * @param reunion for the workers of a dead server to find its heir
 * @param overtime beyond an attempt's deadline, which its worker should have kept
 */
public record Patience(
    Duration answer, Duration holdOff, Duration contact, Duration reunion, Duration overtime) {}
