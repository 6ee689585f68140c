package dev.scriptorium.server.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Transactions of the system itself. The handle is a ticket: whoever does not write SQL hands it on
 * to a store and asks nothing else of it. Thread-safe.
 */
public interface Transactions {
  /**
   * Runs one transaction; it commits when the work returns and rolls back when the work throws.
   * What it throws itself may come after a commit whose answer was lost.
   */
  <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X;

  /** Marks a point in the transaction of a handle; a later mark takes the place of an earlier. */
  void mark(Handle handle);

  /** Undoes what the transaction did since the mark, which stays. */
  void backToMark(Handle handle);

  /** Takes the mark away and keeps what was done. */
  void unmark(Handle handle);

  /** Lets the commit return before it is durable: a crash of the database may undo it. */
  void mayBeLost(Handle handle);
}
