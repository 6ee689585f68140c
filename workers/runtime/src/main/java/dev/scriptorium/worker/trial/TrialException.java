package dev.scriptorium.worker.trial;

import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import java.io.Serial;

/** A trial that did not succeed. */
final class TrialException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final String logTail;

  TrialException(Failure failure, String logTail) {
    super(failure.getMessage());
    this.failure = failure;
    this.logTail = logTail;
  }

  /** What went wrong. */
  Failure failure() {
    return failure;
  }

  /** The reason's name, as it is printed. */
  static String reason(Failure failure) {
    return failure.getReason().name().replace("ERROR_REASON_", "");
  }

  /** True when it is the program's fault, or may be, and not the file's. */
  boolean unexpected() {
    return failure.getReason() == ErrorReason.ERROR_REASON_PLUGIN_FAILED
        || failure.getReason() == ErrorReason.ERROR_REASON_RUNNER_CRASHED;
  }

  /** Last lines of the runner's log. */
  String logTail() {
    return logTail;
  }
}
