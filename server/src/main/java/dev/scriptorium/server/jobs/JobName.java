package dev.scriptorium.server.jobs;

import dev.scriptorium.server.wire.InvalidField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource names of jobs. */
final class JobName {
  private static final Pattern JOB = Pattern.compile("jobs/([1-9][0-9]{0,17})");

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
    // 18 digits always fit; no server lives long enough to need more.
    if (!matcher.matches()) {
      throw InvalidField.of("name", name, "jobs/{positive number}");
    }
    return Long.parseLong(matcher.group(1));
  }
}
