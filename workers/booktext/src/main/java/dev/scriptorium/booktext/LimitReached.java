package dev.scriptorium.booktext;

import dev.scriptorium.plugin.JobFailure;
import java.io.IOException;
import java.io.Serial;

/** Thrown while reading when the input is more than a limit allows; reading again does not help. */
public final class LimitReached extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final String limit;

  /**
   * @param limit name and value, for example {@code entries=10000}
   * @param place what was being read, for the message
   */
  public LimitReached(String limit, String place) {
    super("%s is more than the limit allows (%s)".formatted(place, limit));
    this.limit = limit;
  }

  /** Name and value of the limit, for example {@code entries=10000}. */
  public String limit() {
    return limit;
  }

  /** The same as a job's answer. */
  public JobFailure toFailure() {
    return new JobFailure(JobFailure.Reason.LIMIT_EXCEEDED, String.valueOf(getMessage()), limit);
  }
}
