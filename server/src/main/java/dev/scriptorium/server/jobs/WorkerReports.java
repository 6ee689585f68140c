package dev.scriptorium.server.jobs;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Fail;

/** Reads what workers report. */
final class WorkerReports {
  private WorkerReports() {}

  static AttemptKey key(AttemptId id) {
    return new AttemptKey(id.getJob(), id.getAttempt(), id.getToken());
  }

  /**
   * @throws IllegalArgumentException when the reference of the result is none
   */
  static Report of(Complete complete, String worker) {
    AttemptKey key = key(complete.getId());
    return new Report(
        key.job(),
        key.attempt(),
        key.token(),
        worker,
        Ending.SUCCEEDED,
        false,
        Failure.getDefaultInstance(),
        Report.Details.NONE,
        complete.getUsage(),
        complete.hasResult() ? blob(complete.getResult()) : null,
        complete.hasPack() ? blob(complete.getPack()) : null);
  }

  private static StoredBlob blob(BlobRef ref) {
    return new StoredBlob(new Sha256(ref.getSha256()), ref.getSizeBytes());
  }

  /**
   * @throws IllegalArgumentException when no worker can say that an attempt ended so
   */
  static Report of(Fail fail, String worker) {
    AttemptKey key = key(fail.getId());
    Ending ending = ending(fail);
    return new Report(
        key.job(),
        key.attempt(),
        key.token(),
        worker,
        ending,
        fail.getRetryable(),
        failure(fail.getFailure(), ending),
        new Report.Details(
            Texts.bounded(fail.getCause(), Texts.NAME),
            Texts.bounded(fail.getLogTail(), Texts.LOG),
            Texts.bounded(fail.getDependency(), Texts.NAME)),
        fail.getUsage(),
        null,
        null);
  }

  // A failure for which the job is not to blame is none of the job's.
  private static Ending ending(Fail fail) {
    Ending said = ending(fail.getEnding());
    return said == Ending.FAILED && !fail.getDependency().isEmpty() ? Ending.RELEASED : said;
  }

  private static Ending ending(dev.scriptorium.v1.Ending ending) {
    return switch (ending) {
      case ENDING_FAILED -> Ending.FAILED;
      case ENDING_CRASHED -> Ending.CRASHED;
      case ENDING_TIMED_OUT -> Ending.TIMED_OUT;
      case ENDING_RELEASED -> Ending.RELEASED;
      case ENDING_UNSPECIFIED,
          ENDING_SUCCEEDED,
          ENDING_LOST,
          ENDING_CANCELLED,
          ENDING_QUARANTINED,
          UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "fail.ending is " + ending + ", not FAILED, CRASHED, TIMED_OUT or RELEASED");
    };
  }

  private static Failure failure(Failure said, Ending ending) {
    ErrorReason reason = said.getReason();
    if (reason == ErrorReason.ERROR_REASON_UNSPECIFIED || reason == ErrorReason.UNRECOGNIZED) {
      reason = usual(ending);
    }
    return Failure.newBuilder()
        .setReason(reason)
        .setMessage(Texts.bounded(said.getMessage(), Texts.MESSAGE))
        .setLimit(Texts.bounded(said.getLimit(), Texts.NAME))
        .build();
  }

  private static ErrorReason usual(Ending ending) {
    return switch (ending) {
      case CRASHED -> ErrorReason.ERROR_REASON_RUNNER_CRASHED;
      case TIMED_OUT -> ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED;
      case SUCCEEDED, FAILED, LOST, RELEASED, CANCELLED, QUARANTINED ->
          ErrorReason.ERROR_REASON_PLUGIN_FAILED;
    };
  }
}
