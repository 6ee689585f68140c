package dev.scriptorium.plugin;

import java.nio.file.Path;

/** One job, as a handler sees it. Used by the handler's thread alone, unless said otherwise. */
public interface JobContext {
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
}
