package dev.scriptorium.server.jobs;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * How other features put jobs into the queue and take them out. Implemented by {@code JobQueue}.
 */
public interface Enqueuer {
  /**
   * Writes jobs in the caller's transaction. Nothing runs until {@link Batch#committed()}.
   *
   * @throws dev.scriptorium.server.wire.ApiException BACKLOG_FULL when the owner has too many
   */
  Batch enqueue(Handle handle, List<NewJob> jobs);

  /**
   * Cancels every job of a book that has not ended; call it after the commit that deletes the book.
   */
  void cancelBook(UUID book);

  /** Jobs that were written and wait for the fate of their transaction. */
  interface Batch {
    /** The jobs, in the order given. */
    List<Job> jobs();

    /** To be called right after the commit: the jobs may run. */
    void committed();

    /** To be called when the transaction did not commit, or may not have. */
    void abandoned();
  }
}
