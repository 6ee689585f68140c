package dev.scriptorium.server.jobs.schedule;

/**
 * What a worker must be able to do for a job.
 *
 * @param kind for example {@code parse}
 * @param mediaType media type of the book file; in a worker's list {@code *} stands for any
 */
public record JobClass(String kind, String mediaType) {
  /** True when a worker that lists {@code this} can do {@code wanted}. */
  boolean covers(JobClass wanted) {
    return kind.equals(wanted.kind)
        && (mediaType.equals("*") || mediaType.equals(wanted.mediaType));
  }
}
