package dev.scriptorium.worker.pool;

import com.google.protobuf.ByteString;
import dev.scriptorium.worker.v1.JobFailed;
import dev.scriptorium.worker.v1.JobFinished;

/**
 * Hears what becomes of a job in a runner. Called on the pool's loop; one of the three ends comes,
 * once.
 */
public interface RunnerTask {
  /** A sign of life. */
  void progressed(int percent, String activity);

  /** What a later attempt may go on from. */
  default void saved(ByteString checkpoint) {}

  /** The end: success. The files are in the job's directory. */
  void finished(JobFinished finished, RunnerUsage usage);

  /**
   * The end: the runner said no.
   *
   * @param late true when the job had been asked to stop because its time was over
   * @param logTail last lines of the runner's log; for operators
   */
  void failed(JobFailed failed, boolean late, String logTail, RunnerUsage usage);

  /** The end: the runner is gone. */
  void crashed(CrashReport report, RunnerUsage usage);
}
