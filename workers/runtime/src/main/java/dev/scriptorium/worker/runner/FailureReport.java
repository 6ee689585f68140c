package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.DependencyFailure;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.pack.ResultLimitException;
import dev.scriptorium.worker.v1.JobFailed;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Puts what a handler threw into words for the book's owner. Details go to the log alone. */
final class FailureReport {
  private static final int MAX_MESSAGE = 2000;
  private static final int MAX_LIMIT = 200;

  private FailureReport() {}

  /** What to answer when {@code job} ended with {@code failure}. */
  static JobFailed of(RunningJob job, Throwable failure) {
    JobFailed.Builder answer = JobFailed.newBuilder().setJob(job.number());
    return switch (failure) {
      case JobFailure no ->
          answer
              .setFailure(
                  failure(
                      job,
                      ErrorReason.valueOf("ERROR_REASON_" + no.reason().name()),
                      String.valueOf(no.getMessage()),
                      no.limit()))
              .build();
      case ResultLimitException tooLarge ->
          answer
              .setFailure(
                  failure(
                      job,
                      ErrorReason.ERROR_REASON_LIMIT_EXCEEDED,
                      String.valueOf(tooLarge.getMessage()),
                      tooLarge.limit()))
              .build();
      case InterruptedException _ -> stopped(job, answer);
      case ClosedByInterruptException _ -> stopped(job, answer);
      case DependencyFailure down ->
          answer
              .setFailure(
                  failure(
                      job,
                      ErrorReason.ERROR_REASON_PLUGIN_FAILED,
                      down.dependency() + " failed: " + down.getMessage(),
                      ""))
              .setRetryable(true)
              .setDependency(down.dependency())
              .build();
      case IOException io ->
          answer
              .setFailure(defect(job, "reading or writing failed", io))
              .setRetryable(true)
              .build();
      case StackOverflowError deep ->
          answer.setFailure(defect(job, "is nested too deeply", deep)).setRecycle(true).build();
      case Error error ->
          answer.setFailure(defect(job, "the plugin failed", error)).setRecycle(true).build();
      default -> answer.setFailure(defect(job, "the plugin failed", failure)).build();
    };
  }

  private static JobFailed stopped(RunningJob job, JobFailed.Builder answer) {
    return answer
        .setFailure(failure(job, ErrorReason.ERROR_REASON_CANCELLED, "the job was stopped", ""))
        .setRetryable(true)
        .build();
  }

  private static Failure defect(RunningJob job, String what, Throwable cause) {
    return failure(
        job,
        ErrorReason.ERROR_REASON_PLUGIN_FAILED,
        what + " (" + cause.getClass().getSimpleName() + ")",
        "");
  }

  private static Failure failure(RunningJob job, ErrorReason reason, String cause, String limit) {
    String file = job.request().getFileName();
    String message =
        (file.isEmpty() ? "" : file + ": ")
            + cause
            + (limit.isEmpty() ? "" : " (limit " + limit + ")");
    return Failure.newBuilder()
        .setReason(reason)
        .setMessage(CleanText.atMost(MAX_MESSAGE, message))
        .setLimit(CleanText.atMost(MAX_LIMIT, limit))
        .build();
  }
}
