package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.PartialBlobs;
import dev.scriptorium.server.database.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The calls of this server that write to uploads: one for each upload, the latest. Other servers
 * are kept out by the lock on the file. Thread-safe.
 */
final class UploadWriters {
  private final Database database;
  private final PartialBlobs partials;
  private final Duration keep;
  private final InstantSource clock;
  private final PartialUploadStore store = new PartialUploadStore();
  private final ConcurrentMap<UUID, UploadWriter> open = new ConcurrentHashMap<>();

  /**
   * @param database transactions of the role scriptorium_api
   * @param keep how long an upload lives after it was last written to
   */
  UploadWriters(Database database, PartialBlobs partials, Duration keep, InstantSource clock) {
    this.database = database;
    this.partials = partials;
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Begins to write; a call that is still writing is ended, with what it has written.
   *
   * @throws dev.scriptorium.server.wire.ApiException UPLOAD_NOT_FOUND, UPLOAD_FINISHED,
   *     UPLOAD_OFFSET_MISMATCH, UPLOAD_ELSEWHERE, UPLOAD_BUSY
   */
  UploadWriter begin(UUID owner, UploadName name, long offset) throws IOException {
    // Before anything else: a stranger must not end the owner's call.
    PartialUpload found = find(owner, name);
    UploadWriter writer = new UploadWriter(this, owner, name);
    UploadWriter before = open.put(name.id(), writer);
    boolean begun = false;
    try {
      if (before != null) {
        before.end();
      }
      writer.begin(found, offset);
      begun = true;
      return writer;
    } finally {
      if (!begun) {
        writer.end();
      }
    }
  }

  /** Ends the call that is writing to an upload of the caller's, if there is one here. */
  void end(UploadName name) throws IOException {
    UploadWriter writer = open.get(name.id());
    if (writer != null) {
      writer.end();
    }
  }

  void ended(UploadName name, UploadWriter writer) {
    open.remove(name.id(), writer);
  }

  PartialBlobs partials() {
    return partials;
  }

  PartialUpload find(UUID owner, UploadName name) {
    return database.inTransaction(
        owner, handle -> store.find(handle, owner, name.id()).orElseThrow(name::missing));
  }

  /** Notes that more bytes are durable. */
  PartialUpload commit(PartialUpload upload, long committed) {
    Instant expiresAt = clock.instant().plus(keep);
    return database.inTransaction(
        upload.owner(),
        handle -> {
          if (!store.commit(handle, upload, committed, expiresAt)) {
            throw upload.name().missing();
          }
          return store
              .find(handle, upload.owner(), upload.id())
              .orElseThrow(upload.name()::missing);
        });
  }
}
