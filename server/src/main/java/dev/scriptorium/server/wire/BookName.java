package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resource names of books and what lies in them.
 *
 * @param id the book's id
 */
public record BookName(UUID id) {
  private static final String UUID_PATTERN =
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern BOOK = Pattern.compile("books/(" + UUID_PATTERN + ")");
  private static final Pattern PROGRESS = Pattern.compile("books/(" + UUID_PATTERN + ")/progress");
  private static final Pattern CHAPTER =
      Pattern.compile("books/(" + UUID_PATTERN + ")/chapters/([1-9][0-9]{0,8})");
  private static final Pattern ENTITY =
      Pattern.compile("books/(" + UUID_PATTERN + ")/entities/([1-9][0-9]{0,8})");

  /**
   * A chapter of a book.
   *
   * @param book the book's id
   * @param ordinal from 1
   */
  public record Chapter(UUID book, int ordinal) {
    @Override
    public String toString() {
      return new BookName(book).chapter(ordinal);
    }
  }

  /**
   * A character or place of a book.
   *
   * @param book the book's id
   * @param ordinal from 1
   */
  public record Entity(UUID book, int ordinal) {
    @Override
    public String toString() {
      return new BookName(book).entity(ordinal);
    }
  }

  /**
   * Reads {@code books/{book}}.
   *
   * @param field path of the field, for the error
   * @throws ApiException INVALID_FIELD when it is no such name
   */
  public static BookName parse(String field, String name) {
    Matcher matcher = match(BOOK, field, name, "books/{lower-case UUID}");
    return new BookName(UUID.fromString(matcher.group(1)));
  }

  /** Reads {@code books/{book}/progress}; otherwise as {@link #parse}. */
  public static BookName parseProgress(String field, String name) {
    Matcher matcher = match(PROGRESS, field, name, "books/{lower-case UUID}/progress");
    return new BookName(UUID.fromString(matcher.group(1)));
  }

  /** Reads {@code books/{book}/chapters/{ordinal}}; otherwise as {@link #parse}. */
  public static Chapter parseChapter(String field, String name) {
    Matcher matcher = match(CHAPTER, field, name, "books/{lower-case UUID}/chapters/{1 or more}");
    return new Chapter(UUID.fromString(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Reads {@code books/{book}/entities/{ordinal}}; otherwise as {@link #parse}. */
  public static Entity parseEntity(String field, String name) {
    Matcher matcher = match(ENTITY, field, name, "books/{lower-case UUID}/entities/{1 or more}");
    return new Entity(UUID.fromString(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The error for a book that is missing or somebody else's: the two look the same. */
  public ApiException missing() {
    return new ApiException(
        ErrorReason.ERROR_REASON_BOOK_NOT_FOUND,
        "there is no book " + this,
        Map.of("book", toString()));
  }

  /** The name of an entity of this book. */
  public String entity(int ordinal) {
    return this + "/entities/" + ordinal;
  }

  /** The name of a chapter of this book. */
  public String chapter(int ordinal) {
    return this + "/chapters/" + ordinal;
  }

  /** The name of the caller's progress in this book. */
  public String progress() {
    return this + "/progress";
  }

  @Override
  public String toString() {
    return "books/" + id;
  }

  private static Matcher match(Pattern pattern, String field, String name, String allowed) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(field, name, allowed);
    }
    return matcher;
  }
}
