package dev.scriptorium.server.jobs;

import java.util.Collection;
import java.util.Collections;

/**
 * Between which numbers some jobs lie. A list alone does not tell the database which partitions to
 * leave alone.
 */
public record Span(long low, long high) {
  static Span of(Collection<Long> jobs) {
    return jobs.isEmpty()
        ? new Span(0, -1)
        : new Span(Collections.min(jobs), Collections.max(jobs));
  }
}
