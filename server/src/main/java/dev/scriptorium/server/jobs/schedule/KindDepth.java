package dev.scriptorium.server.jobs.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a kind that have not ended, each counted once.
 *
 * @param kind kind of job
 * @param limit what operators have ordered
 * @param blocked wait for other jobs
 * @param delayed wait for their time
 * @param runnable could run if a worker were free
 * @param held could not, for a limit, a pause or a breaker
 * @param running are offered or run
 * @param unschedulable need more memory than any connected worker has that could do them
 * @param neededBytes memory that the largest unschedulable job needs; 0 when there is none
 * @param oldestRunnable since when the oldest runnable job waits; null when none is
 */
public record KindDepth(
    String kind,
    KindLimit limit,
    int blocked,
    int delayed,
    int runnable,
    int held,
    int running,
    int unschedulable,
    long neededBytes,
    @Nullable Instant oldestRunnable) {}
