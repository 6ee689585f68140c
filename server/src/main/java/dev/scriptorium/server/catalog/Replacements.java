package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.ReplacementRequestStore.Target;
import dev.scriptorium.server.catalog.result.ReplacementJob;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.Enqueuer;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ReplaceFileRequest;
import dev.scriptorium.v1.Replacement;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The rules of giving a book another file. Here it is only asked for; the transaction that applies
 * the new file's parse exchanges the files. Thread-safe.
 */
public final class Replacements {
  private final Database database;
  private final ResumableUploads uploads;
  private final Enqueuer enqueuer;
  private final InstantSource clock;
  private final UploadStore contents = new UploadStore();
  private final ReplacementRequestStore store = new ReplacementRequestStore();

  /**
   * @param database transactions of the role scriptorium_api
   * @param uploads where the new files come from
   * @param enqueuer takes the parse of the new file
   */
  public Replacements(
      Database database, ResumableUploads uploads, Enqueuer enqueuer, InstantSource clock) {
    this.database = database;
    this.uploads = uploads;
    this.enqueuer = enqueuer;
    this.clock = clock;
  }

  /** One replacement. */
  Replacement get(UUID owner, String name) {
    ReplacementName parsed = ReplacementName.parse("name", name);
    return database.inTransaction(
        owner, handle -> store.find(handle, owner, parsed).orElseThrow(parsed::missing));
  }

  /** Asks for a book to get the file of an upload. */
  Replacement replace(UUID owner, ReplaceFileRequest request) throws IOException {
    UUID book = BookName.parse("name", request.getName()).id();
    UploadName upload = UploadName.parse("upload", request.getUpload());
    ReplacementName name = new ReplacementName(book, upload.id());
    requireBook(owner, book);
    PartialUpload file = uploads.whole(owner, upload);
    UUID used = file.book();
    if (used != null) {
      return asked(owner, name, file, used);
    }
    Request asking = new Request(name, uploads.received(file), file, request.getEtag());
    try {
      Replacement replacement = database.inTransaction(owner, asking::run);
      asking.committed();
      return replacement;
    } finally {
      asking.abandonUnlessCommitted();
    }
  }

  private void requireBook(UUID owner, UUID book) {
    Optional<Target> found =
        database.inTransaction(owner, handle -> store.lock(handle, owner, book));
    if (found.isEmpty()) {
      throw new BookName(book).missing();
    }
  }

  private Replacement asked(UUID owner, ReplacementName name, PartialUpload upload, UUID book) {
    return database
        .inTransaction(owner, handle -> store.find(handle, owner, name))
        .orElseThrow(() -> PartialUploadErrors.finished(upload, book));
  }

  /** The one transaction that asks. */
  private final class Request {
    private final ReplacementName name;
    private final Uploads.File file;
    private final PartialUpload upload;
    private final String etag;
    private Enqueuer.@Nullable Batch batch;

    Request(ReplacementName name, Uploads.File file, PartialUpload upload, String etag) {
      this.name = name;
      this.file = file;
      this.upload = upload;
      this.etag = etag;
    }

    Replacement run(Handle handle) {
      UUID owner = file.owner();
      contents.lockContent(handle, owner, file.content());
      Target target =
          store.lock(handle, owner, name.book()).orElseThrow(new BookName(name.book())::missing);
      Etag.require(etag, target.revision());
      Optional<Replacement> asked = store.find(handle, owner, name);
      if (asked.isPresent()) {
        return asked.get();
      }
      if (target.busy()) {
        throw busy();
      }
      boolean same = target.content().equals(file.content());
      if (!same) {
        requireAlone(contents.findByContent(handle, owner, file.content()));
        batch = enqueuer.enqueue(handle, List.of(parse()));
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      store.insert(handle, name, file, same, now);
      uploads.used(handle, upload, name.book(), now);
      return store.find(handle, owner, name).orElseThrow(name::missing);
    }

    private NewJob parse() {
      return new NewJob(
          file.owner(),
          name.book(),
          "parse",
          file.mediaType(),
          2,
          0,
          0,
          List.of(),
          ReplacementJob.terms(name.id(), file.size()));
    }

    private void requireAlone(Optional<UUID> other) {
      if (other.isPresent()) {
        String known = new BookName(other.get()).toString();
        throw new ApiException(
            ErrorReason.ERROR_REASON_BOOK_EXISTS,
            "the file is another book already: " + known,
            Map.of("book", known));
      }
    }

    private ApiException busy() {
      String book = new BookName(name.book()).toString();
      return new ApiException(
          ErrorReason.ERROR_REASON_BOOK_BUSY,
          book + " is being imported, analyzed, or given another file; wait for its end",
          Map.of("book", book));
    }

    void committed() {
      Enqueuer.Batch jobs = batch;
      batch = null;
      if (jobs != null) {
        jobs.committed();
      }
    }

    void abandonUnlessCommitted() {
      Enqueuer.Batch jobs = batch;
      if (jobs != null) {
        jobs.abandoned();
      }
    }
  }
}
