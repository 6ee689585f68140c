package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Decision;
import java.time.Instant;

/**
 * How one attempt at a job ended. Written once; its key (job, attempt) is the fence.
 *
 * @param report what was said
 * @param decision what follows; its ending may be graver than the reported one
 * @param endedAt when it was written, by the server's clock
 */
public record Outcome(Report report, Decision decision, Instant endedAt) {}
