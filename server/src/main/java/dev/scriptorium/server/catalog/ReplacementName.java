package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource name of a file that takes the place of a book's. */
record ReplacementName(UUID book, UUID id) {
  private static final String UUID_FORM = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
  private static final Pattern NAME =
      Pattern.compile("books/" + UUID_FORM + "/replacements/" + UUID_FORM);

  /**
   * Reads {@code books/{book}/replacements/{replacement}}.
   *
   * @throws ApiException INVALID_FIELD when it is no such name
   */
  static ReplacementName parse(String field, String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(field, name, "books/{lower-case UUID}/replacements/{lower-case UUID}");
    }
    return new ReplacementName(
        UUID.fromString(matcher.group(1)), UUID.fromString(matcher.group(2)));
  }

  /** The error for one that is missing or of somebody else's book: the two look the same. */
  ApiException missing() {
    return new ApiException(
        ErrorReason.ERROR_REASON_REPLACEMENT_NOT_FOUND,
        "there is no replacement " + this,
        Map.of("replacement", toString()));
  }

  @Override
  public String toString() {
    return new BookName(book) + "/replacements/" + id;
  }
}
