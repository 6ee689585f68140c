package dev.scriptorium.worker.trial;

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

  /** Last lines of the runner's log. */
  String logTail() {
    return logTail;
  }
}
