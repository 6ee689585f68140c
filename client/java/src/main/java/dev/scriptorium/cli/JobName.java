package dev.scriptorium.cli;

/** Names of jobs, as users type them. */
final class JobName {
  private static final String PREFIX = "jobs/";

  private JobName() {}

  /**
   * {@code jobs/42} for {@code 42} or {@code jobs/42}.
   *
   * @throws CliException when it is no number
   */
  static String parse(String text) {
    String number = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    if (!number.matches("\\d{1,19}")) {
      throw new CliException(
          2, "'" + text + "' is not the number of a job; see 'scriptorium jobs'");
    }
    return PREFIX + number;
  }

  /** {@code 42} for {@code jobs/42}. */
  static String number(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
