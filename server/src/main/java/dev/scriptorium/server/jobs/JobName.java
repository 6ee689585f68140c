package dev.scriptorium.server.jobs;

import dev.scriptorium.server.wire.InvalidField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resource names of jobs. */
final class JobName {
  private static final Pattern JOB = Pattern.compile("jobs/([1-9][0-9]{0,18})");

  private JobName() {}

  static String of(long job) {
    return "jobs/" + job;
  }

  /**
   * Reads {@code jobs/{job}}.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD when it is no such name
   */
  static long parse(String name) {
    Matcher matcher = JOB.matcher(name);
    try {
      if (matcher.matches()) {
        return Long.parseLong(matcher.group(1));
      }
    } catch (NumberFormatException e) {
      // Nineteen digits, and too many.
      throw invalid(name, e);
    }
    throw invalid(name, null);
  }

  private static RuntimeException invalid(String name, @Nullable Exception cause) {
    RuntimeException invalid = InvalidField.of("name", name, "jobs/{positive number below 2^63}");
    if (cause != null) {
      invalid.initCause(cause);
    }
    return invalid;
  }
}
