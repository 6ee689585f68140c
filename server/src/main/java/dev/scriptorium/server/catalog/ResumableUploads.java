package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.blob.BlobStore.BlobWriter;
import dev.scriptorium.server.blob.PartialBlobs;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.v1.FinishUploadResponse;
import dev.scriptorium.v1.ListUploadsResponse;
import dev.scriptorium.v1.StartUploadRequest;
import dev.scriptorium.v1.UploadBookResponse;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rules of uploads that go on after a cut. Thread-safe. */
public final class ResumableUploads {
  private static final int MAX_UNFINISHED = 32;

  private final Database database;
  private final Uploads uploads;
  private final BlobStore blobs;
  private final PartialBlobs partials;
  private final Settings settings;
  private final InstantSource clock;
  private final BookIds ids;
  private final UploadWriters writers;
  private final PartialUploadStore store = new PartialUploadStore();
  private final UploadStore contents = new UploadStore();
  private final Quotas quotas = new Quotas();

  /**
   * What can be set.
   *
   * @param server name of this server, for those who ask another one for its bytes
   * @param keep how long an upload lives after it was last written to
   */
  public record Settings(String server, Duration keep) {}

  /** Where bytes lie: pieces, and what becomes of them. */
  public record Bytes(BlobStore blobs, PartialBlobs partials) {}

  /**
   * @param database transactions of the role scriptorium_api
   * @param uploads makes books of what has arrived
   */
  public ResumableUploads(
      Database database, Uploads uploads, Bytes bytes, Settings settings, InstantSource clock) {
    this.database = database;
    this.uploads = uploads;
    this.blobs = bytes.blobs();
    this.partials = bytes.partials();
    this.settings = settings;
    this.clock = clock;
    this.ids = new BookIds(clock, new SecureRandom());
    this.writers = new UploadWriters(database, partials, settings.keep(), clock);
  }

  /** The calls that write. */
  UploadWriters writers() {
    return writers;
  }

  /** Announces a file; the same request id gives the upload that it began. */
  dev.scriptorium.v1.Upload start(UUID owner, StartUploadRequest request) throws IOException {
    Upload file = Upload.of(request);
    uploads.requireSize(file, file.sizeBytes());
    Optional<PartialUpload> known =
        database.inTransaction(owner, handle -> started(handle, owner, file));
    if (known.isPresent()) {
      return known.get().message();
    }
    PartialUpload fresh = fresh(ids.next(), owner, file);
    // Before its row: a file without a row is swept, a row without a file would promise too much.
    partials.create(fresh.id());
    boolean named = false;
    try {
      PartialUpload begun = database.inTransaction(owner, handle -> insert(handle, fresh));
      named = begun.id().equals(fresh.id());
      return begun.message();
    } finally {
      if (!named) {
        partials.delete(fresh.id());
      }
    }
  }

  private Optional<PartialUpload> started(Handle handle, UUID owner, Upload file) {
    return file.requestId()
        .flatMap(request -> store.findByRequest(handle, owner, request))
        .map(found -> requireSame(found, file));
  }

  private static PartialUpload requireSame(PartialUpload found, Upload file) {
    if (!found.file().equals(file)) {
      throw UploadErrors.requestIdReused(file);
    }
    return found;
  }

  private PartialUpload fresh(UUID id, UUID owner, Upload file) {
    Instant now = now();
    Instant expiresAt = now.plus(settings.keep());
    return new PartialUpload(
        id, owner, file, 0, settings.server(), null, "", null, false, now, expiresAt);
  }

  private PartialUpload insert(Handle handle, PartialUpload fresh) {
    UUID owner = fresh.owner();
    quotas.lock(handle, owner);
    if (store.unfinished(handle, owner, MAX_UNFINISHED).size() == MAX_UNFINISHED) {
      throw PartialUploadErrors.tooMany(MAX_UNFINISHED);
    }
    if (!hasContent(handle, owner, fresh.file())) {
      quotas.require(handle, owner, fresh.file().sizeBytes());
    }
    if (store.insert(handle, fresh)) {
      return fresh;
    }
    // Somebody was faster with the same request id.
    return started(handle, owner, fresh.file()).orElseThrow();
  }

  // What the owner has takes no more room.
  private boolean hasContent(Handle handle, UUID owner, Upload file) {
    return !file.sha256().isEmpty()
        && contents.findByContent(handle, owner, new Sha256(file.sha256())).isPresent();
  }

  /** One upload. */
  dev.scriptorium.v1.Upload get(UUID owner, UploadName name) {
    return writers.find(owner, name).message();
  }

  /** Those that are not finished. */
  ListUploadsResponse list(UUID owner) {
    List<PartialUpload> found =
        database.inTransaction(owner, handle -> store.unfinished(handle, owner, MAX_UNFINISHED));
    return ListUploadsResponse.newBuilder()
        .addAllUploads(found.stream().map(PartialUpload::message).toList())
        .build();
  }

  /** Forgets an upload and its bytes. */
  void cancel(UUID owner, UploadName name) throws IOException {
    boolean found = database.inTransaction(owner, handle -> store.delete(handle, owner, name.id()));
    if (!found) {
      throw name.missing();
    }
    partials.delete(name.id());
  }

  /** Makes a book of an upload. */
  FinishUploadResponse finish(UUID owner, UploadName name) throws IOException {
    PartialUpload upload = whole(owner, name);
    UUID made = upload.book();
    if (made != null) {
      return FinishUploadResponse.newBuilder()
          .setBook(uploads.book(owner, made))
          .setDuplicate(upload.duplicate())
          .build();
    }
    UploadBookResponse response = uploads.register(received(upload), new Settled(upload));
    return FinishUploadResponse.newBuilder()
        .setBook(response.getBook())
        .setDuplicate(response.getDuplicate())
        .build();
  }

  /** What has arrived, as a blob. */
  Uploads.File received(PartialUpload upload) {
    Upload unrepeated =
        new Upload(
            upload.file().fileName(),
            upload.file().sizeBytes(),
            upload.file().sha256(),
            Optional.empty());
    return new Uploads.File(
        upload.owner(),
        unrepeated,
        Objects.requireNonNull(upload.content(), "not whole"),
        upload.file().sizeBytes(),
        upload.mediaType());
  }

  /** An upload has become the file of a book, in the transaction that makes it so. */
  void used(Handle handle, PartialUpload upload, UUID book, Instant now) {
    if (store.finish(handle, upload, book, false, now).isEmpty()) {
      throw upload.name().missing();
    }
  }

  /**
   * An upload that is finished, or whose bytes are a blob.
   *
   * @throws dev.scriptorium.server.wire.ApiException UPLOAD_NOT_FOUND, UPLOAD_INCOMPLETE,
   *     UPLOAD_CORRUPT, FORMAT_UNSUPPORTED, UPLOAD_ELSEWHERE
   */
  PartialUpload whole(UUID owner, UploadName name) throws IOException {
    writers.find(owner, name);
    writers.end(name);
    PartialUpload upload = writers.find(owner, name);
    if (upload.book() != null) {
      return upload;
    }
    if (!upload.whole()) {
      throw PartialUploadErrors.incomplete(upload);
    }
    return isBlob(upload) ? upload : seal(upload);
  }

  private boolean isBlob(PartialUpload upload) {
    Sha256 content = upload.content();
    return content != null && blobs.exists(content);
  }

  // The hash is noted before the bytes get their name, so that a server that dies between the two
  // leaves either a whole upload or one whose blob is known.
  private PartialUpload seal(PartialUpload upload) throws IOException {
    try (BlobWriter bytes = partials.whole(upload.id())) {
      String mediaType = check(upload, bytes);
      database.inTransaction(
          upload.owner(),
          handle -> {
            store.seal(handle, upload, bytes.sha256(), mediaType);
            return true;
          });
      bytes.commit();
    } catch (NoSuchFileException e) {
      // Another call may have been faster.
      PartialUpload now = writers.find(upload.owner(), upload.name());
      if (!isBlob(now)) {
        throw PartialUploadErrors.elsewhere(upload);
      }
      return now;
    }
    return writers.find(upload.owner(), upload.name());
  }

  private String check(PartialUpload upload, BlobWriter bytes) throws IOException {
    String announced = upload.file().sha256();
    if (!announced.isEmpty() && !announced.equals(bytes.sha256().hex())) {
      database.inTransaction(
          upload.owner(),
          handle -> {
            store.restart(handle, upload);
            return true;
          });
    }
    return uploads.check(upload.file(), bytes);
  }

  /** Notes what became of an upload, in the transaction that makes it. */
  private final class Settled implements Uploads.Settlement {
    private final PartialUpload upload;

    Settled(PartialUpload upload) {
      this.upload = upload;
    }

    @Override
    public long reservedBytes() {
      return upload.file().sizeBytes();
    }

    @Override
    public boolean settle(Handle handle, UUID book, boolean duplicate) {
      return store.finish(handle, upload, book, duplicate, now()).orElse(duplicate);
    }
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
