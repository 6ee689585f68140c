package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.v1.Failure;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** Notes that a tier of an import has failed, or is open again. Thread-safe. */
public final class FailedTier {
  private final MetadataStore books;
  private final StageStore stages;

  /**
   * @param clock says when the tier failed
   */
  public FailedTier(InstantSource clock) {
    this.books = new MetadataStore(clock);
    this.stages = new StageStore(clock);
  }

  /** The tier of the job, and with it those after it, have failed. */
  public void failed(Handle handle, Job job, Failure failure) {
    if (books.touch(handle, job)) {
      stages.failed(handle, job, failure);
      stages.failLater(handle, job);
    }
  }

  /** The job takes the place of one that had failed. */
  public void retried(Handle handle, Job job) {
    if (books.touch(handle, job)) {
      stages.reopen(handle, job);
    }
  }
}
