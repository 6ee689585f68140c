package dev.scriptorium.server.jobs;

import java.io.Serial;

/** A job that another is to wait for does not exist. */
final class UnknownJobException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final long job;

  UnknownJobException(long job) {
    super("job " + job + " to wait for is unknown");
    this.job = job;
  }

  long job() {
    return job;
  }
}
