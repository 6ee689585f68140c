package dev.scriptorium.server.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.scriptorium.server.blob.BlobStore.BlobWriter;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.catalog.RequestStore.Answered;
import dev.scriptorium.server.catalog.format.Format;
import dev.scriptorium.server.catalog.format.FormatDetector;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.Enqueuer;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.Terms;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.View;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rules of uploading: what is taken, what is known already, what is started. Thread-safe. */
public final class Uploads {
  private static final String METHOD = "UploadBook";

  /** What a finished upload amounts to; its bytes are a blob. */
  record File(UUID owner, Upload upload, Sha256 content, long size, String mediaType) {}

  /** What else happens in the transaction that makes a book of a file. */
  interface Settlement {
    /** For a file that comes by itself. */
    Settlement NONE =
        new Settlement() {
          @Override
          public long reservedBytes() {
            return 0;
          }

          @Override
          public boolean settle(Handle handle, UUID book, boolean duplicate) {
            return duplicate;
          }
        };

    /** Bytes that the quota of bytes holds for the file already. */
    long reservedBytes();

    /**
     * Notes what became of the file.
     *
     * @return whether the caller is told that the book was there
     */
    boolean settle(Handle handle, UUID book, boolean duplicate);
  }

  private final Database database;
  private final Enqueuer enqueuer;
  private final InstantSource clock;
  private final long maxBytes;
  private final BookIds ids;
  private final FormatDetector detector = new FormatDetector();
  private final UploadStore store = new UploadStore();
  private final RequestStore requests = new RequestStore();
  private final BookStore books = new BookStore();
  private final Quotas quotas = new Quotas();

  /**
   * @param database transactions of the role scriptorium_api
   * @param enqueuer takes the jobs of an import
   * @param maxBytes largest file
   */
  public Uploads(Database database, Enqueuer enqueuer, InstantSource clock, long maxBytes) {
    this.database = database;
    this.enqueuer = enqueuer;
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.ids = new BookIds(clock, new SecureRandom());
  }

  /**
   * @param bytes declared, or received so far
   * @throws dev.scriptorium.server.wire.ApiException FILE_TOO_LARGE
   */
  void requireSize(Upload upload, long bytes) {
    if (bytes > maxBytes) {
      throw UploadErrors.tooLarge(upload, maxBytes);
    }
  }

  /**
   * Makes the bytes durable, then book, file and jobs in one transaction.
   *
   * @param writer holds all bytes of the file; stays the caller's to close
   * @throws dev.scriptorium.server.wire.ApiException FILE_EMPTY, UPLOAD_CORRUPT,
   *     FORMAT_UNSUPPORTED, REQUEST_ID_REUSED, BACKLOG_FULL, QUOTA_EXCEEDED
   */
  UploadBookResponse finish(UUID owner, Upload upload, BlobWriter writer) throws IOException {
    String mediaType = check(upload, writer);
    long size = writer.size();
    File file = new File(owner, upload, writer.commit(), size, mediaType);
    return register(file, Settlement.NONE);
  }

  /**
   * The media type of a file, by its content.
   *
   * @param writer holds all bytes of the file
   * @throws dev.scriptorium.server.wire.ApiException FILE_EMPTY, UPLOAD_CORRUPT, FORMAT_UNSUPPORTED
   */
  String check(Upload upload, BlobWriter writer) throws IOException {
    requireIntact(upload, writer);
    Format format = detector.detect(writer.head(), writer.size(), upload.fileName(), writer::read);
    if (!format.supported()) {
      throw UploadErrors.unsupported(upload, format.mediaType());
    }
    return format.mediaType();
  }

  /** A book of the owner, deleted or not. */
  Book book(UUID owner, UUID book) {
    return database.inTransaction(owner, handle -> read(handle, owner, book));
  }

  private Book read(Handle handle, UUID owner, UUID book) {
    return books
        .find(handle, owner, book)
        .orElseThrow(new BookName(book)::missing)
        .message(View.VIEW_BASIC, List.of())
        .build();
  }

  private static void requireIntact(Upload upload, BlobWriter writer) {
    if (upload.sizeBytes() > 0 && upload.sizeBytes() != writer.size()) {
      throw UploadErrors.corrupt(
          upload, writer.size() + " bytes arrived of " + upload.sizeBytes() + " declared");
    }
    if (!upload.sha256().isEmpty() && !upload.sha256().equals(writer.sha256().hex())) {
      throw UploadErrors.corrupt(upload, "its SHA-256 is not the declared one");
    }
    if (writer.size() == 0) {
      throw UploadErrors.empty(upload);
    }
  }

  /**
   * Makes book, file and jobs in one transaction, unless the owner has the bytes.
   *
   * @throws dev.scriptorium.server.wire.ApiException REQUEST_ID_REUSED, BACKLOG_FULL,
   *     QUOTA_EXCEEDED
   */
  UploadBookResponse register(File file, Settlement settlement) {
    Registration registration = new Registration(file, settlement);
    try {
      UploadBookResponse response = database.inTransaction(file.owner(), registration::run);
      registration.committed();
      return response;
    } finally {
      registration.abandonUnlessCommitted();
    }
  }

  /** The one transaction of an upload. */
  private final class Registration {
    private final File file;
    private final Settlement settlement;
    private Enqueuer.@Nullable Batch batch;

    Registration(File file, Settlement settlement) {
      this.file = file;
      this.settlement = settlement;
    }

    UploadBookResponse run(Handle handle) {
      store.lockContent(handle, file.owner(), file.content());
      Optional<UploadBookResponse> repeated = repeated(handle);
      if (repeated.isPresent()) {
        return repeated.get();
      }
      Optional<UUID> known = known(handle);
      UUID book = known.orElseGet(() -> insert(handle));
      boolean duplicate = settlement.settle(handle, book, known.isPresent());
      UploadBookResponse response =
          UploadBookResponse.newBuilder()
              .setBook(read(handle, file.owner(), book))
              .setDuplicate(duplicate)
              .build();
      remember(handle, response);
      return response;
    }

    private Optional<UUID> known(Handle handle) {
      return store
          .findByContent(handle, file.owner(), file.content())
          .or(() -> store.findByFormerContent(handle, file.owner(), file.content()));
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

    private UUID insert(Handle handle) {
      quotas.require(handle, file.owner(), file.size() - settlement.reservedBytes());
      UUID book = ids.next();
      String name = file.upload().fileName();
      store.insertBook(handle, file.owner(), book, name, now());
      store.insertFile(
          handle, file.owner(), book, file.content(), file.size(), name, file.mediaType());
      // Parse, the second, waits for inspect, the first of the same call.
      batch =
          enqueuer.enqueue(
              handle,
              List.of(job(book, "inspect", 1, List.of()), job(book, "parse", 2, List.of(-1L))));
      return book;
    }

    private NewJob job(UUID book, String kind, int tier, List<Long> after) {
      return new NewJob(
          file.owner(),
          book,
          kind,
          file.mediaType(),
          tier,
          0,
          0,
          after,
          Terms.reading(file.size()));
    }

    private Optional<UploadBookResponse> repeated(Handle handle) {
      return file.upload()
          .requestId()
          .flatMap(id -> requests.find(handle, file.owner(), METHOD, id))
          .map(this::replay);
    }

    private UploadBookResponse replay(Answered answered) {
      if (!answered.requestHash().equals(requestHash())) {
        throw UploadErrors.requestIdReused(file.upload());
      }
      try {
        return UploadBookResponse.parseFrom(answered.response());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a kept answer is damaged", e);
      }
    }

    private void remember(Handle handle, UploadBookResponse response) {
      Optional<UUID> id = file.upload().requestId();
      if (id.isPresent()) {
        Answered answered = new Answered(requestHash(), response.toByteString());
        boolean first = requests.insert(handle, file.owner(), METHOD, id.get(), answered, now());
        // Calls with the same bytes wait for each other, so a call that was faster had others.
        if (!first) {
          throw UploadErrors.requestIdReused(file.upload());
        }
      }
    }

    private String requestHash() {
      MessageDigest digest = Sha256.digest();
      digest.update(file.upload().fileName().getBytes(UTF_8));
      digest.update((byte) 0);
      digest.update(file.content().hex().getBytes(UTF_8));
      return Sha256.of(digest).hex();
    }
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
