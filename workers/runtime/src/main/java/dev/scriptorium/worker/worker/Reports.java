package dev.scriptorium.worker.worker;

import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.pool.CrashReport;
import dev.scriptorium.worker.v1.Fail;
import dev.scriptorium.worker.v1.JobFailed;
import dev.scriptorium.worker.v1.Offer;

/** Puts the ends of attempts into words for the server. Stateless. */
final class Reports {
  private static final String TIMEOUT = "TIMEOUT";

  private Reports() {}

  /** The runner said no. */
  static Fail failed(Offer offer, JobFailed failed, boolean late, String logTail) {
    boolean stoppedLate =
        late && failed.getFailure().getReason() == ErrorReason.ERROR_REASON_CANCELLED;
    if (stoppedLate) {
      return Fail.newBuilder()
          .setEnding(Ending.ENDING_TIMED_OUT)
          .setFailure(
              failure(offer, ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED, "the time was over"))
          .setRetryable(true)
          .setCause(TIMEOUT)
          .build();
    }
    Fail.Builder fail =
        Fail.newBuilder()
            .setEnding(Ending.ENDING_FAILED)
            .setFailure(failed.getFailure())
            .setRetryable(failed.getRetryable())
            .setDependency(failed.getDependency());
    // An expected no needs no log; a defect does.
    if (failed.getFailure().getReason() == ErrorReason.ERROR_REASON_PLUGIN_FAILED) {
      fail.setLogTail(logTail);
    }
    return fail.build();
  }

  /** The runner is gone. */
  static Fail crashed(Offer offer, CrashReport report) {
    return switch (report.cause()) {
      case STALL, TIMEOUT ->
          ended(
              Ending.ENDING_TIMED_OUT,
              failure(offer, ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED, report.sentence()),
              report);
      case OOM_HEAP, OOM_RSS, OOM_CGROUP, SIGNAL, NATIVE_CRASH, EXIT ->
          ended(
              Ending.ENDING_CRASHED,
              failure(offer, ErrorReason.ERROR_REASON_RUNNER_CRASHED, report.sentence()),
              report);
    };
  }

  /** The attempt is handed back unharmed. */
  static Fail released(Offer offer, String why) {
    return Fail.newBuilder()
        .setEnding(Ending.ENDING_RELEASED)
        .setFailure(failure(offer, ErrorReason.ERROR_REASON_CANCELLED, why))
        .setRetryable(true)
        .build();
  }

  /** The worker could not bring the job to a runner, or its result to the server. */
  static Fail broken(Offer offer, String why, boolean retryable) {
    return Fail.newBuilder()
        .setEnding(Ending.ENDING_FAILED)
        .setFailure(failure(offer, ErrorReason.ERROR_REASON_INTERNAL, why))
        .setRetryable(retryable)
        .build();
  }

  private static Fail ended(Ending ending, Failure failure, CrashReport report) {
    return Fail.newBuilder()
        .setEnding(ending)
        .setFailure(failure)
        .setRetryable(true)
        .setCause(report.cause().name())
        .setLogTail(report.logTail())
        .build();
  }

  private static Failure failure(Offer offer, ErrorReason reason, String cause) {
    String file = offer.getFileName();
    return Failure.newBuilder()
        .setReason(reason)
        .setMessage(file.isEmpty() ? cause : file + ": " + cause)
        .build();
  }
}
