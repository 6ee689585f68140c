package dev.scriptorium.worker.worker;

import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.files.JobDirectory;
import dev.scriptorium.worker.pool.CrashReport;
import dev.scriptorium.worker.v1.Accept;
import dev.scriptorium.worker.v1.Decline;
import dev.scriptorium.worker.v1.Fail;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.JobFailed;
import dev.scriptorium.worker.v1.JobFile;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.StartJob;
import dev.scriptorium.worker.v1.WorkerMessage;
import java.nio.file.Path;

/** Puts what an attempt has to say into words, for the server and for the runner. Stateless. */
final class Reports {
  /** Why an offer is not taken: no runner is free, or another server comes first. */
  static final String FULL = "full";

  private static final String TIMEOUT = "TIMEOUT";

  private Reports() {}

  /** The offer is taken. */
  static WorkerMessage accept(Offer offer) {
    return WorkerMessage.newBuilder().setAccept(Accept.newBuilder().setId(offer.getId())).build();
  }

  /** The offer is not taken. */
  static WorkerMessage decline(Offer offer, String reason) {
    Decline decline =
        Decline.newBuilder()
            .setId(offer.getId())
            .setReason(reason)
            .setFull(reason.equals(FULL))
            .build();
    return WorkerMessage.newBuilder().setDecline(decline).build();
  }

  /** What a runner is to do, but for its own number of the job. */
  static StartJob.Builder start(Offer offer, Path directory, long deadlineMillis) {
    StartJob.Builder start =
        StartJob.newBuilder()
            .setKind(offer.getKind())
            .setMediaType(offer.getMediaType())
            .setFileName(offer.getFileName())
            .setLanguage(offer.getLanguage())
            .setDirectory(directory.toString())
            .setFirstChapter(offer.getFirstChapter())
            .setLastChapter(offer.getLastChapter())
            .setDeadlineMillis(deadlineMillis)
            .setPayload(offer.getPayload())
            .setCheckpoint(offer.getCheckpoint())
            .setJobId(offer.getId().getJob())
            .setAttempt(offer.getId().getAttempt());
    for (Input input : offer.getInputsList()) {
      start.addInputs(
          JobFile.newBuilder()
              .setKind(input.getKind())
              .setName(JobDirectory.inputName(input.getIndex())));
    }
    return start;
  }

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
  static Fail crashed(Offer offer, CrashReport report, boolean blameless) {
    if (blameless) {
      return ended(
          Ending.ENDING_RELEASED,
          failure(offer, ErrorReason.ERROR_REASON_RUNNER_CRASHED, report.sentence()),
          report);
    }
    // Killed for its silence or its lateness: it did not even hear that it should stop.
    ErrorReason reason =
        switch (report.cause()) {
          case STALL, TIMEOUT -> ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED;
          case OOM_HEAP, OOM_DIRECT, OOM_RSS, OOM_CGROUP, SIGNAL, NATIVE_CRASH, EXIT ->
              ErrorReason.ERROR_REASON_RUNNER_CRASHED;
        };
    return ended(Ending.ENDING_CRASHED, failure(offer, reason, report.sentence()), report);
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
