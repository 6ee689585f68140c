package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Somebody says that an attempt has ended. The first report that is written is the outcome.
 *
 * @param job id of the job
 * @param attempt number of the attempt
 * @param token token of the dispatch when its worker reports; null when the server does
 * @param worker name of the worker; empty when the attempt never started
 * @param ending how it ended
 * @param retryable for FAILED and TIMED_OUT: another try may help
 * @param failure why it did not succeed; the default message when it did
 * @param details what operators may want to know
 * @param usage what the attempt used
 * @param result stored result; null when there is none
 * @param pack stored pack; null when there is none
 */
public record Report(
    long job,
    int attempt,
    @Nullable Long token,
    String worker,
    Ending ending,
    boolean retryable,
    Failure failure,
    Details details,
    Usage usage,
    @Nullable StoredBlob result,
    @Nullable StoredBlob pack) {

  /**
   * What operators may want to know.
   *
   * @param cause what ended the runner; empty when nothing did
   * @param logTail last lines of the runner's log
   * @param dependency what is to blame instead of the job; empty when nothing is
   */
  public record Details(String cause, String logTail, String dependency) {
    /** Nothing. */
    public static final Details NONE = new Details("", "", "");
  }

  /** The key it competes for. */
  AttemptRef ref() {
    return new AttemptRef(job, attempt);
  }

  /** The server itself ends an attempt. */
  static Report byServer(
      long job, int attempt, String worker, Ending ending, ErrorReason reason, String message) {
    Failure failure = Failure.newBuilder().setReason(reason).setMessage(message).build();
    return new Report(
        job,
        attempt,
        null,
        worker,
        ending,
        ending == Ending.TIMED_OUT,
        failure,
        Details.NONE,
        Usage.getDefaultInstance(),
        null,
        null);
  }

  /** This report, when its result turned out to be none; {@code again}: another try may help. */
  Report refused(ErrorReason reason, String message, boolean again) {
    Failure why = Failure.newBuilder().setReason(reason).setMessage(message).build();
    return new Report(
        job, attempt, token, worker, Ending.FAILED, again, why, details, usage, result, pack);
  }
}
