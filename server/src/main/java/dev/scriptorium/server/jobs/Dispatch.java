package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.AttemptKey;
import java.time.Instant;

/**
 * An attempt was started.
 *
 * @param attempt which
 * @param worker name of the worker
 * @param startedAt by the server's clock
 */
public record Dispatch(AttemptKey attempt, String worker, Instant startedAt) {
  AttemptRef ref() {
    return new AttemptRef(attempt.job(), attempt.attempt());
  }
}
