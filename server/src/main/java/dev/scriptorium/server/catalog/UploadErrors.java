package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;

/** The refusals of an upload; each names the file. */
final class UploadErrors {
  private UploadErrors() {}

  static ApiException empty(Upload upload) {
    return new ApiException(
        ErrorReason.ERROR_REASON_FILE_EMPTY,
        upload.fileName() + " has no bytes",
        Map.of("file", upload.fileName()));
  }

  static ApiException tooLarge(Upload upload, long limit) {
    return new ApiException(
        ErrorReason.ERROR_REASON_FILE_TOO_LARGE,
        upload.fileName() + " is larger than " + limit + " bytes, the most this server takes",
        Map.of("file", upload.fileName(), "limit_bytes", Long.toString(limit)));
  }

  static ApiException unsupported(Upload upload, String detected) {
    return new ApiException(
        ErrorReason.ERROR_REASON_FORMAT_UNSUPPORTED,
        upload.fileName()
            + " is "
            + detected
            + " by its content; supported are EPUB, PDF, FB2, plain text, HTML and Markdown",
        Map.of("file", upload.fileName(), "detected", detected));
  }

  static ApiException corrupt(Upload upload, String what) {
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_CORRUPT,
        upload.fileName() + " was damaged on the way: " + what + "; send it again",
        Map.of("file", upload.fileName()));
  }

  static ApiException requestIdReused(Upload upload) {
    return new ApiException(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        "the request id was used before with other content than "
            + upload.fileName()
            + "; make a new one",
        Map.of("file", upload.fileName()));
  }
}
