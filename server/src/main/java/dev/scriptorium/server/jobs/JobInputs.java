package dev.scriptorium.server.jobs;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds what a job reads. Implemented by the feature that owns the books. */
public interface JobInputs {
  /**
   * Reads the files of the job's book as they are now; called once for every offer, in a
   * transaction of the scheduler's role.
   *
   * @return empty when the book is gone: the job is then cancelled
   */
  Optional<BookInputs> of(Handle handle, Job job);
}
