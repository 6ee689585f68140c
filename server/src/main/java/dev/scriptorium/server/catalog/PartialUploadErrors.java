package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ErrorReason;
import java.util.Map;
import java.util.UUID;

/** The refusals of an upload in pieces. */
final class PartialUploadErrors {
  private PartialUploadErrors() {}

  static ApiException wrongOffset(PartialUpload upload, long offset) {
    String committed = Long.toString(upload.committed());
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_OFFSET_MISMATCH,
        upload.name() + " goes on at byte " + committed + ", not at " + offset,
        Map.of("committed_offset", committed));
  }

  static ApiException incomplete(PartialUpload upload) {
    String committed = Long.toString(upload.committed());
    String size = Long.toString(upload.file().sizeBytes());
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_INCOMPLETE,
        upload.name() + " has " + committed + " of its " + size + " bytes; send the rest",
        Map.of("committed_offset", committed, "size_bytes", size));
  }

  static ApiException finished(PartialUpload upload, UUID book) {
    String name = new BookName(book).toString();
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_FINISHED,
        upload.name() + " is finished and has become " + name,
        Map.of("book", name));
  }

  static ApiException elsewhere(PartialUpload upload) {
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_ELSEWHERE,
        "the bytes of %s are not here but at server %s, which does not share its blobs; go on there"
            .formatted(upload.name(), upload.server()),
        Map.of("server", upload.server()));
  }

  static ApiException busy(UploadName upload) {
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_BUSY,
        upload + " is being written by another call; ask for its offset before going on",
        Map.of());
  }

  static ApiException tooMany(int limit) {
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_LIMIT,
        limit + " uploads are not finished, which is the most; finish or cancel some",
        Map.of("limit", Integer.toString(limit)));
  }
}
