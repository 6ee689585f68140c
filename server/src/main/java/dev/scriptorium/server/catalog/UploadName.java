package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource name of an upload. */
record UploadName(UUID id) {
  private static final Pattern NAME =
      Pattern.compile("uploads/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  /**
   * Reads {@code uploads/{upload}}.
   *
   * @throws ApiException INVALID_FIELD when it is no such name
   */
  static UploadName parse(String field, String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(field, name, "uploads/{lower-case UUID}");
    }
    return new UploadName(UUID.fromString(matcher.group(1)));
  }

  /** The error for an upload that is missing, expired or somebody else's: all look the same. */
  ApiException missing() {
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_NOT_FOUND,
        "there is no upload " + this,
        Map.of("upload", toString()));
  }

  @Override
  public String toString() {
    return "uploads/" + id;
  }
}
