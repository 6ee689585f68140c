package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that arrives in pieces.
 *
 * @param file what was announced
 * @param committed durable bytes
 * @param server in whose blob folder they lie
 * @param content hash of all bytes, once they are there and right; null before
 * @param mediaType by content; empty before
 * @param book what became of it; null before
 * @param duplicate true when that book was there already
 */
record PartialUpload(
    UUID id,
    UUID owner,
    Upload file,
    long committed,
    String server,
    @Nullable Sha256 content,
    String mediaType,
    @Nullable UUID book,
    boolean duplicate,
    Instant createdAt,
    Instant expiresAt) {

  UploadName name() {
    return new UploadName(id);
  }

  boolean whole() {
    return committed == file.sizeBytes();
  }

  /** The message of the API. */
  dev.scriptorium.v1.Upload message() {
    return dev.scriptorium.v1.Upload.newBuilder()
        .setName(name().toString())
        .setFileName(file.fileName())
        .setSizeBytes(file.sizeBytes())
        .setSha256(file.sha256())
        .setCommittedOffset(committed)
        .setBook(book == null ? "" : new BookName(book).toString())
        .setCreateTime(WireTime.of(createdAt))
        .setExpireTime(WireTime.of(expiresAt))
        .build();
  }
}
