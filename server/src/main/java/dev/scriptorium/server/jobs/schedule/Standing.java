package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;

/**
 * What can be seen of a job that has not ended.
 *
 * @param attempt number of the attempt that is under way or comes next
 * @param worker name of the worker that runs it; empty when it does not run
 * @param percent 0 to 100, of the running attempt
 * @param activity what it is doing; empty when it does not run
 * @param since OFFERED, RUNNING: since when; DELAYED: until when
 * @param memoryBytes memory that an attempt is expected to need
 */
public record Standing(
    long job,
    int attempt,
    Phase phase,
    String worker,
    int percent,
    String activity,
    Instant since,
    long memoryBytes) {}
