package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Decision;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;

/** What the user is told of a job that failed for good. */
final class Failures {
  private Failures() {}

  /** Of a job whose last attempt was reported so. */
  static Failure last(Report report, Decision decision) {
    if (decision.ending() != Ending.QUARANTINED) {
      return report.failure();
    }
    return report.failure().toBuilder()
        .setMessage(
            Texts.bounded(
                report.failure().getMessage()
                    + " (attempt "
                    + report.attempt()
                    + "; not tried again)",
                Texts.MESSAGE))
        .build();
  }

  /** Of a job that waited for one that failed. */
  static Failure dependency(long job) {
    return Failure.newBuilder()
        .setReason(ErrorReason.ERROR_REASON_DEPENDENCY_FAILED)
        .setMessage("job " + job + ", which it waited for, has failed")
        .build();
  }
}
