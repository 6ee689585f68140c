package dev.scriptorium.server.jobs;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.schedule.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes dispatches and outcomes and looks them up, inside a transaction of the caller's.
 * Thread-safe.
 */
public interface OutcomeStore {
  /**
   * What is stored of an attempt's end.
   *
   * @param decision what followed
   * @param token token of the worker that said so; null when the server did
   * @param worker its name
   */
  record Stored(Decision decision, @Nullable Long token, String worker) {}

  /**
   * Writes that attempts were started; what is known already stays.
   *
   * @throws IncarnationDeadException when another server has taken over, and nothing is written
   */
  void insertDispatches(Handle handle, long incarnation, List<Dispatch> dispatches);

  /**
   * Competes for the keys of attempts, in the order of the keys, so that two servers never wait for
   * each other.
   *
   * @param incarnation who writes; whoever takes over from it waits for the end of the transaction
   * @return those that these outcomes have won; the others are taken
   * @throws IncarnationDeadException when another server has taken over: the attempts are its own
   */
  Set<AttemptRef> insert(Handle handle, long incarnation, List<Outcome> outcomes);

  /**
   * Fails jobs that wait for one that has failed.
   *
   * @param attempts for every job the number of its next attempt
   * @return those that have not ended otherwise
   */
  Set<Long> insertFallen(
      Handle handle, Map<Long, Integer> attempts, String message, Instant endedAt);

  /** Lets go the unique key of a job that has ended for good. */
  default void releaseKey(Handle handle, Job job) {}

  /** Writes what later attempts may go on from; of the last attempt the last written counts. */
  default void insertCheckpoints(Handle handle, List<Saved> checkpoints) {}

  /** What a later attempt may go on from; empty when there is nothing. */
  default ByteString checkpoint(Handle handle, long job) {
    return ByteString.EMPTY;
  }

  /** How an attempt ended; empty when it has not. */
  Optional<Stored> find(Handle handle, long job, int attempt);

  /** Results of jobs that have succeeded; those without a result are left out. */
  Map<Long, StoredBlob> results(Handle handle, List<Long> jobs);

  /**
   * Of those of the attempts that have ended, the token of the worker that said so; 0 when the
   * server did.
   */
  Map<AttemptRef, Long> tokens(Handle handle, List<AttemptRef> attempts);
}
