package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.PartialBlob;
import dev.scriptorium.server.blob.PartialBlobBusyException;
import dev.scriptorium.server.wire.InvalidField;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call that writes to an upload. What it has written is promised to nobody before it is
 * committed: first the bytes are made durable, then their number. Thread-safe, because another call
 * may end it.
 */
final class UploadWriter {
  private static final int MAX_CHUNK_BYTES = 1 << 20;
  // Lost by a server that dies, and sent again.
  private static final long COMMIT_EVERY_BYTES = 4L << 20;

  private final UploadWriters writers;
  private final UUID owner;
  private final UploadName name;
  private @Nullable PartialUpload upload;
  private @Nullable PartialBlob blob;
  private boolean ended;

  UploadWriter(UploadWriters writers, UUID owner, UploadName name) {
    this.writers = writers;
    this.owner = owner;
    this.name = name;
  }

  /**
   * Takes the file and only then looks where to go on: nobody else can commit any more.
   *
   * @param before the upload, perhaps not up to date
   */
  synchronized void begin(PartialUpload before, long offset) throws IOException {
    if (ended) {
      throw PartialUploadErrors.busy(name);
    }
    PartialBlob opened = open(before, offset);
    blob = opened;
    PartialUpload found = writers.find(owner, name);
    UUID book = found.book();
    if (book != null) {
      throw PartialUploadErrors.finished(found, book);
    }
    if (offset != found.committed()) {
      throw PartialUploadErrors.wrongOffset(found, offset);
    }
    opened.startAt(found.committed());
    upload = found;
  }

  private PartialBlob open(PartialUpload found, long offset) throws IOException {
    UUID book = found.book();
    if (book != null) {
      throw PartialUploadErrors.finished(found, book);
    }
    if (found.content() != null) {
      throw InvalidField.of("offset", offset, "none: all bytes are there; finish the upload");
    }
    try {
      return writers.partials().open(found.id());
    } catch (NoSuchFileException e) {
      throw PartialUploadErrors.elsewhere(found);
    } catch (PartialBlobBusyException e) {
      throw PartialUploadErrors.busy(name);
    }
  }

  /**
   * Appends a chunk.
   *
   * @param parts the chunk's bytes
   * @param length of all parts
   */
  synchronized void write(List<ByteBuffer> parts, int length) throws IOException {
    PartialUpload going = upload;
    PartialBlob bytes = blob;
    if (ended || going == null || bytes == null) {
      throw PartialUploadErrors.busy(name);
    }
    if (length == 0 || length > MAX_CHUNK_BYTES) {
      throw InvalidField.of("chunk", length + " bytes", "1 to " + MAX_CHUNK_BYTES + " bytes");
    }
    long missing = going.file().sizeBytes() - bytes.size();
    if (length > missing) {
      throw InvalidField.of("chunk", length + " bytes", missing + " bytes, which are missing");
    }
    for (ByteBuffer part : parts) {
      bytes.write(part);
    }
    if (bytes.size() - going.committed() >= COMMIT_EVERY_BYTES) {
      commit(going, bytes);
    }
  }

  /** Commits what was written, and gives the file back. Later calls do nothing. */
  synchronized void end() throws IOException {
    ended = true;
    PartialUpload going = upload;
    PartialBlob bytes = blob;
    upload = null;
    blob = null;
    try {
      if (going != null && bytes != null && bytes.size() > going.committed()) {
        commit(going, bytes);
      }
    } finally {
      writers.ended(name, this);
      if (bytes != null) {
        bytes.close();
      }
    }
  }

  private void commit(PartialUpload going, PartialBlob bytes) throws IOException {
    bytes.flush();
    upload = writers.commit(going, bytes.size());
  }
}
