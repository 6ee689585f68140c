package dev.scriptorium.worker.pool;

/**
 * How a runner ended.
 *
 * @param cause what ended it
 * @param blameless true when its job has nothing to do with it: killed from outside, or by the
 *     worker for the sake of others while the job kept within its means
 * @param exitCode 128 + n for signal n
 * @param logTail last lines of its log, at most 4 KiB of UTF-8; for operators
 * @param peakBytes most resident memory that was seen
 */
public record CrashReport(
    Cause cause, boolean blameless, int exitCode, String logTail, long peakBytes) {
  /** One sentence for the book's owner. */
  public String sentence() {
    return switch (cause) {
      case OOM_HEAP -> "the runner ran out of memory";
      case OOM_DIRECT -> "the runner ran out of memory for buffers";
      case OOM_RSS ->
          blameless ? "the worker ran out of memory" : "the runner took more memory than it may";
      case OOM_CGROUP -> "the machine ran out of memory";
      case STALL -> "the runner made no progress";
      case TIMEOUT -> "the time was over";
      case SIGNAL -> "the runner was killed";
      case NATIVE_CRASH -> "the runner crashed";
      case EXIT -> "the runner ended with exit code " + exitCode;
    };
  }
}
