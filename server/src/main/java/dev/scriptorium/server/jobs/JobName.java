package dev.scriptorium.server.jobs;

import dev.scriptorium.server.wire.InvalidField;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource names that requests about jobs carry. */
final class JobName {
  private static final Pattern JOB = Pattern.compile("jobs/([1-9][0-9]{0,17})");
  private static final Pattern BOOK =
      Pattern.compile("books/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private JobName() {}

  static String of(long job) {
    return "jobs/" + job;
  }

  static String ofBook(UUID book) {
    return "books/" + book;
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

  /** Reads {@code books/{book}}; otherwise as {@link #parse}. */
  static UUID parseBook(String name) {
    Matcher matcher = BOOK.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of("book", name, "books/{lower-case UUID}");
    }
    return UUID.fromString(matcher.group(1));
  }
}
