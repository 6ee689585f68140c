package dev.scriptorium.server.wire;

import dev.scriptorium.v1.ErrorReason;
import java.util.Map;

/** Makes the error for a field that is missing or out of its range. */
public final class InvalidField {
  private static final int MAX_SHOWN = 100;

  private InvalidField() {}

  /**
   * @param field path of the field in the request, for example {@code header.file_name}
   * @param value what was sent; shown up to 100 characters
   * @param allowed what may be sent, for example {@code 1 to 1000}
   */
  public static ApiException of(String field, Object value, String allowed) {
    String shown = shorten(String.valueOf(value));
    return new ApiException(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        "field " + field + " is \"" + shown + "\"; allowed: " + allowed,
        Map.of("field", field, "value", shown, "allowed", allowed));
  }

  private static String shorten(String value) {
    if (value.length() <= MAX_SHOWN) {
      return value;
    }
    int end = value.offsetByCodePoints(0, value.codePointCount(0, MAX_SHOWN));
    return value.substring(0, end) + "…";
  }
}
