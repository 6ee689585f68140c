package dev.scriptorium.server.jobs;

import java.io.Serial;
import java.util.Objects;

/** There are too many unfinished jobs. */
final class BacklogFullException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int limit;

  BacklogFullException(String whose, int limit) {
    super("the unfinished jobs of " + whose + " would be more than " + limit + "; try again later");
    this.limit = limit;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  int limit() {
    return limit;
  }
}
