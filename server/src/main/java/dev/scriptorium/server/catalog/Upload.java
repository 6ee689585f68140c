package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.StartUploadRequest;
import dev.scriptorium.v1.UploadHeader;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a caller says of a file before sending it.
 *
 * @param fileName 1 to 255 code points, no control characters
 * @param sizeBytes 0 when unknown
 * @param sha256 empty when unknown
 * @param requestId empty when the call cannot be repeated safely
 */
record Upload(String fileName, long sizeBytes, String sha256, Optional<UUID> requestId) {
  private static final int MAX_NAME = 255;
  private static final Pattern SHA_256 = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  /**
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  static Upload of(UploadHeader header) {
    if (header.getSizeBytes() < 0) {
      throw InvalidField.of("header.size_bytes", header.getSizeBytes(), "0 or more");
    }
    return new Upload(
        fileName("header.file_name", header.getFileName()),
        header.getSizeBytes(),
        sha256("header.sha256", header.getSha256()),
        requestId("header.request_id", header.getRequestId()));
  }

  /**
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  static Upload of(StartUploadRequest request) {
    if (request.getSizeBytes() < 1) {
      throw InvalidField.of("size_bytes", request.getSizeBytes(), "1 or more");
    }
    return new Upload(
        fileName("file_name", request.getFileName()),
        request.getSizeBytes(),
        sha256("sha256", request.getSha256()),
        requestId("request_id", request.getRequestId()));
  }

  private static String fileName(String field, String name) {
    int length = name.codePointCount(0, name.length());
    if (name.isBlank() || length > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw InvalidField.of(field, name, "1 to 255 code points, not blank, no control characters");
    }
    return name;
  }

  private static String sha256(String field, String sha256) {
    if (!sha256.isEmpty() && !SHA_256.matcher(sha256).matches()) {
      throw InvalidField.of(field, sha256, "64 hexadecimal digits, or empty");
    }
    return sha256.toLowerCase(Locale.ROOT);
  }

  private static Optional<UUID> requestId(String field, String id) {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    if (!UUID_FORM.matcher(id).matches()) {
      throw InvalidField.of(field, id, "a UUID, or empty");
    }
    return Optional.of(UUID.fromString(id));
  }
}
