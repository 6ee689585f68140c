package dev.scriptorium.server.reading;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource names of what readers make. Every method throws INVALID_FIELD for another name. */
final class ReadingName {
  private static final String UUID_PATTERN =
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern ID = Pattern.compile("(?i)" + UUID_PATTERN);
  private static final Pattern STEP =
      Pattern.compile("books/(" + UUID_PATTERN + ")/progress/steps/([1-9][0-9]{0,17})");
  private static final Pattern ANNOTATION =
      Pattern.compile("books/(" + UUID_PATTERN + ")/annotations/(" + UUID_PATTERN + ")");
  private static final Pattern SESSION = Pattern.compile("sessions/(" + UUID_PATTERN + ")");

  private ReadingName() {}

  /** A line of a book's log. */
  record Step(UUID book, long event) {
    @Override
    public String toString() {
      return new BookName(book).progress() + "/steps/" + event;
    }
  }

  /** A mark in a book. */
  record Mark(UUID book, UUID id) {
    @Override
    public String toString() {
      return new BookName(book) + "/annotations/" + id;
    }
  }

  static Step step(String field, String name) {
    Matcher matcher = match(STEP, field, name, "books/{book}/progress/steps/{step}");
    return new Step(UUID.fromString(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  static Mark mark(String field, String name) {
    Matcher matcher = match(ANNOTATION, field, name, "books/{book}/annotations/{annotation}");
    return new Mark(UUID.fromString(matcher.group(1)), UUID.fromString(matcher.group(2)));
  }

  static UUID session(String field, String name) {
    return UUID.fromString(match(SESSION, field, name, "sessions/{lower-case UUID}").group(1));
  }

  /** One book; empty for {@code books/-}, all of them. */
  static Optional<UUID> books(String field, String name) {
    return name.equals("books/-")
        ? Optional.empty()
        : Optional.of(BookName.parse(field, name).id());
  }

  /** An id that a client has made; empty when it has made none. */
  static Optional<UUID> id(String field, String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!ID.matcher(text).matches()) {
      throw InvalidField.of(field, text, "a UUID, or empty");
    }
    return Optional.of(UUID.fromString(text));
  }

  private static Matcher match(Pattern pattern, String field, String name, String allowed) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(field, name, allowed);
    }
    return matcher;
  }
}
