package dev.scriptorium.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One job, as a handler sees it. Used by the handler's thread alone, unless said otherwise. */
public interface JobContext {
  /** Most bytes of a checkpoint: 64 KiB. */
  int MAX_CHECKPOINT_BYTES = 64 << 10;

  /** Kind of the job. */
  String kind();

  /** Media type of the book file, by content. */
  String mediaType();

  /** Main language of the book, BCP 47; empty when unknown. */
  String language();

  /** What to read. */
  JobInput input();

  /** An empty folder of the job's own, deleted after it. */
  Path scratch();

  /**
   * Says how far the job is; also the sign of life that the stall deadline waits for, so call it at
   * least once a second of work. Cheap: calls are thinned out. Thread-safe.
   *
   * @param fraction 0 to 1; a value below an earlier one is raised to it
   * @param activity what is being done, at most 100 characters, no text of the book
   */
  void progress(double fraction, String activity);

  /**
   * True when the job's time is over or it was cancelled: a handler that sees this returns soon,
   * and may keep what it has when that is honest. Thread-safe.
   */
  boolean stopRequested();

  /**
   * Time until {@link #stopRequested()} says so by itself, zero or more; empty when the job has no
   * end. Thread-safe.
   */
  default Optional<Duration> timeLeft() {
    return Optional.empty();
  }

  /**
   * Id of the job in the system, positive; 0 in a trial without a server. The same for every
   * attempt: the key for effects outside of the system that must happen once.
   */
  default long jobId() {
    return 0;
  }

  /** Number of this attempt, from 1. */
  default int attempt() {
    return 1;
  }

  /**
   * What the submitter gave the job, at most 2 KiB. Of {@code analyze} what an operator chose for
   * the book's owner, for example {@code mode=ENSEMBLE members=LEARNED:1.0,SHAPE:2.0}; empty for
   * what is usual, and for other jobs of books. The caller's own copy.
   */
  default byte[] payload() {
    return new byte[0];
  }

  /** What the latest attempt that saved something saved; empty for a job that begins anew. */
  default Optional<byte[]> checkpoint() {
    return Optional.empty();
  }

  /**
   * Saves what the next attempt may go on from, should this one not succeed. The latest state
   * counts. Cheap: at most about one a second is sent, and the last one always before the attempt
   * is reported as not succeeded; a runner that is killed loses a second of them at most.
   * Thread-safe.
   *
   * @param state at most {@link #MAX_CHECKPOINT_BYTES}; copied
   * @throws IllegalArgumentException when it is longer
   */
  default void saveCheckpoint(byte[] state) {}
}
