package dev.scriptorium.server.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.reading.ProgressStore.Entry;
import dev.scriptorium.server.reading.ProgressStore.LockedHead;
import dev.scriptorium.server.reading.ProgressStore.Made;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Position;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The rules of reading progress. Steps of one reader in one book are taken one after the other, by
 * a lock on the head's row. Thread-safe.
 */
public final class ReadingProgress {
  private final Database database;
  private final InstantSource clock;
  private final ProgressStore store = new ProgressStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public ReadingProgress(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The resolved head; revision and place are 0 when the book was never opened. */
  Progress get(UUID owner, UUID book) {
    return database.inTransaction(
        owner,
        handle -> {
          if (store.bookLength(handle, owner, book).isEmpty()) {
            throw missing(book).get();
          }
          return head(handle, owner, book);
        });
  }

  /** Appends a step and says what became of it. */
  UpdateProgressResponse update(UUID owner, UUID book, UpdateProgressRequest request) {
    return database.inTransaction(owner, handle -> append(handle, owner, book, request));
  }

  private UpdateProgressResponse append(
      Handle handle, UUID owner, UUID book, UpdateProgressRequest request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long length = store.bookLength(handle, owner, book).orElseThrow(missing(book));
    Optional<UUID> requestId = Requests.requestId(request);
    String hash = hash(request);
    LockedHead head = lock(handle, owner, book, now);
    Optional<Made> made = requestId.flatMap(id -> store.findRequest(handle, owner, id));
    if (made.isPresent()) {
      return repeat(handle, owner, made.get(), hash);
    }
    Step step = Requests.step(request, length, head.place().revision(), now);
    Resolution resolution = resolve(handle, owner, book, step, head);
    boolean applied = resolution == Resolution.APPLIED;
    long revision = applied ? head.place().revision() + 1 : 0;
    Long headEventId = applied ? null : Long.valueOf(head.eventId());
    long eventId =
        store
            .append(
                handle,
                owner,
                book,
                new Entry(
                    step, resolution, revision, headEventId, requestId.orElse(null), hash, now))
            .orElseThrow(ReadingProgress::requestIdReused);
    store.moveDevice(handle, owner, book, step, eventId, revision);
    if (applied) {
      store.moveHead(handle, owner, book, step, eventId, revision, now);
    }
    return answer(handle, owner, resolution, head(handle, owner, book), eventId);
  }

  private LockedHead lock(Handle handle, UUID owner, UUID book, Instant now) {
    Optional<LockedHead> head = store.lockHead(handle, owner, book);
    if (head.isPresent()) {
      return head.get();
    }
    store.ensureHead(handle, owner, book, now);
    return store.lockHead(handle, owner, book).orElseThrow(missing(book));
  }

  private Resolution resolve(Handle handle, UUID owner, UUID book, Step step, LockedHead head) {
    // The common case needs no more statements: nobody has moved since.
    if (step.baseRevision() == head.place().revision()) {
      return Resolution.APPLIED;
    }
    return Resolution.of(
        step,
        head.place(),
        store.othersMoved(handle, owner, book, step.device(), step.baseRevision()),
        store.lastOfDevice(handle, owner, book, step.device()));
  }

  private UpdateProgressResponse repeat(Handle handle, UUID owner, Made made, String hash) {
    if (!made.requestHash().equals(hash)) {
      throw requestIdReused();
    }
    return answer(
            handle,
            owner,
            made.resolution(),
            step(handle, owner, made.headEventId()),
            made.eventId())
        .toBuilder()
        .setOutcome(Outcome.OUTCOME_DUPLICATE)
        .build();
  }

  private UpdateProgressResponse answer(
      Handle handle, UUID owner, Resolution resolution, Progress head, long eventId) {
    UpdateProgressResponse.Builder response = UpdateProgressResponse.newBuilder().setProgress(head);
    return switch (resolution) {
      case APPLIED -> response.setOutcome(Outcome.OUTCOME_APPLIED).build();
      case STALE -> response.setOutcome(Outcome.OUTCOME_STALE).build();
      case CONFLICT ->
          response
              .setOutcome(Outcome.OUTCOME_CONFLICT)
              .setOffered(step(handle, owner, eventId))
              .build();
    };
  }

  private Progress head(Handle handle, UUID owner, UUID book) {
    return store
        .head(handle, owner, book)
        .map(ProgressHead::toMessage)
        .orElse(
            Progress.newBuilder()
                .setName(new BookName(book).progress())
                .setPosition(Position.getDefaultInstance())
                .build());
  }

  private Progress step(Handle handle, UUID owner, long eventId) {
    return store
        .step(handle, owner, eventId)
        .map(ProgressHead::toMessage)
        .orElseThrow(() -> new IllegalStateException("step " + eventId + " is not in the log"));
  }

  private static String hash(UpdateProgressRequest request) {
    byte[] fields =
        String.join(
                "\0",
                request.getName(),
                Long.toString(request.getOffset()),
                Long.toString(request.getBaseRevision()),
                request.getDevice(),
                request.getEventTime().getSeconds() + "." + request.getEventTime().getNanos(),
                request.getPolicy().name())
            .getBytes(UTF_8);
    var digest = Sha256.digest();
    digest.update(fields);
    return Sha256.of(digest).hex();
  }

  private static ApiException requestIdReused() {
    return new ApiException(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        "the request id was used before with another step; make a new one",
        Map.of());
  }

  private static Supplier<ApiException> missing(UUID book) {
    BookName name = new BookName(book);
    return () ->
        new ApiException(
            ErrorReason.ERROR_REASON_BOOK_NOT_FOUND,
            "there is no book " + name,
            Map.of("book", name.toString()));
  }
}
