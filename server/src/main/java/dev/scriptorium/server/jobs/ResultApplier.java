package dev.scriptorium.server.jobs;

import dev.scriptorium.v1.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a feature does when a job of its kind ends. The first two methods run inside the transaction
 * that has just won the outcome's key, so their effect happens once.
 */
public interface ResultApplier {
  /**
   * Writes a result.
   *
   * @param result length-delimited ResultItem messages
   * @param pack null when the attempt made none
   * @return jobs to commit in the same transaction
   * @throws ResultInvalidException when the result breaks a rule: the attempt then fails instead
   */
  List<NewJob> succeeded(Handle handle, Job job, InputStream result, @Nullable StoredBlob pack)
      throws IOException, ResultInvalidException;

  /** Takes note that the job has failed, was cancelled or quarantined for good. */
  void failed(Handle handle, Job job, Failure failure);

  /**
   * Takes note that a job like one that had failed for good was committed: the stage it stands for
   * is open again. Runs in the transaction that commits the job.
   *
   * @param job the new job
   */
  void retried(Handle handle, Job job);
}
