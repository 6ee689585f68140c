package dev.scriptorium.server.reading;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.reading.AnnotationStore.Book;
import dev.scriptorium.server.reading.AnnotationStore.Shown;
import dev.scriptorium.server.reading.Mark.Content;
import dev.scriptorium.server.reading.Mark.Field;
import dev.scriptorium.server.reading.Mark.Place;
import dev.scriptorium.server.reading.Mark.Stamp;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.DeleteAnnotationRequest;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.UpdateAnnotationRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The rules of making and changing annotations. Thread-safe. */
public final class Annotations {
  private static final int MAX_OF_BOOK = 20_000;

  private final Database database;
  private final InstantSource clock;
  private final AnnotationStore store = new AnnotationStore();
  private final Anchoring anchoring;
  private final AnnotationLists lists;

  /**
   * @param database transactions of the role scriptorium_api
   * @param texts where quotes are taken from
   */
  public Annotations(Database database, BookText texts, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.anchoring = new Anchoring(texts, store);
    this.lists = new AnnotationLists(database, store, anchoring, clock);
  }

  /** What can be listed. */
  AnnotationLists lists() {
    return lists;
  }

  /** One mark, deleted or not. */
  Annotation get(UUID owner, String name) {
    ReadingName.Mark mark = ReadingName.mark("name", name);
    return database.inTransaction(owner, handle -> read(handle, owner, mark));
  }

  /** Makes a mark; one that is there already under the id is merged with it. */
  Annotation create(UUID owner, CreateAnnotationRequest request) {
    UUID book = BookName.parse("parent", request.getParent()).id();
    UUID id =
        ReadingName.id("annotation_id", request.getAnnotationId()).orElseGet(UUID::randomUUID);
    return database.inTransaction(
        owner,
        handle -> {
          Book facts = store.book(handle, owner, book).orElseThrow(new BookName(book)::missing);
          Mark fresh = fresh(handle, owner, new ReadingName.Mark(book, id), facts, request);
          boolean known = store.lock(handle, owner, id).isPresent();
          if (!known && store.full(handle, owner, book, MAX_OF_BOOK)) {
            throw full();
          }
          if (known || !store.insert(handle, owner, fresh)) {
            join(handle, owner, fresh);
          }
          return read(handle, owner, new ReadingName.Mark(book, id));
        });
  }

  private Mark fresh(
      Handle handle,
      UUID owner,
      ReadingName.Mark name,
      Book facts,
      CreateAnnotationRequest request) {
    Annotation sent = request.getAnnotation();
    Instant now = now();
    Annotation.Type type = AnnotationRequests.type(sent);
    Content content = AnnotationRequests.content(sent);
    Stamp stamp =
        new Stamp(
            AnnotationRequests.editedAt(sent, now),
            1,
            AnnotationRequests.device("annotation.device", sent.getDevice()));
    long end = AnnotationRequests.end(type, sent.getStart(), sent.getEnd());
    Place place = anchoring.place(handle, owner, name.book(), facts, sent.getStart(), end);
    return new Mark(
        name.id(),
        name.book(),
        1,
        type,
        place,
        content,
        Collections.nCopies(Field.values().length, stamp),
        now,
        now,
        null);
  }

  /** Sent again, or made on two devices from the same source. */
  private void join(Handle handle, UUID owner, Mark fresh) {
    Mark there = store.lock(handle, owner, fresh.id()).orElseThrow();
    if (!there.book().equals(fresh.book())) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
          "the annotation id was used before in another book; make a new one",
          Map.of());
    }
    Stamp stamp = fresh.stamp(Field.NOTE);
    MarkEdit edit =
        new MarkEdit(
            Set.of(Field.PLACE, Field.STYLE, Field.NOTE, Field.TAGS),
            fresh.place(),
            fresh.content(),
            stamp.device(),
            stamp.at(),
            0,
            true);
    save(handle, owner, there, edit.applyTo(there, fresh.updatedAt()));
  }

  /** Changes a mark, or merges an edit into it. */
  Annotation update(UUID owner, UpdateAnnotationRequest request) {
    Annotation sent = request.getAnnotation();
    ReadingName.Mark name = ReadingName.mark("annotation.name", sent.getName());
    Set<Field> fields = AnnotationRequests.fields(request);
    return database.inTransaction(
        owner,
        handle -> {
          Book facts = store.book(handle, owner, name.book()).orElseThrow(missing(name));
          Mark before = lock(handle, owner, name);
          if (!request.getMerge()) {
            AnnotationRequests.requireEtag("annotation", request.getEtag(), before.revision());
          }
          Instant now = now();
          MarkEdit edit =
              new MarkEdit(
                  fields,
                  place(handle, owner, before, facts, request, fields),
                  AnnotationRequests.content(sent),
                  AnnotationRequests.device("annotation.device", sent.getDevice()),
                  AnnotationRequests.editedAt(sent, now),
                  AnnotationRequests.revision(request.getEtag()),
                  request.getMerge());
          save(handle, owner, before, edit.applyTo(before, now));
          return read(handle, owner, name);
        });
  }

  private Place place(
      Handle handle,
      UUID owner,
      Mark before,
      Book facts,
      UpdateAnnotationRequest request,
      Set<Field> fields) {
    if (!fields.contains(Field.PLACE)) {
      return before.place();
    }
    Annotation sent = request.getAnnotation();
    long end = AnnotationRequests.end(before.type(), sent.getStart(), sent.getEnd());
    return anchoring.place(handle, owner, before.book(), facts, sent.getStart(), end);
  }

  /** Marks a mark as deleted. */
  Annotation delete(UUID owner, DeleteAnnotationRequest request) {
    ReadingName.Mark name = ReadingName.mark("name", request.getName());
    String device = AnnotationRequests.device("device", request.getDevice());
    return database.inTransaction(
        owner,
        handle -> {
          Mark before = lock(handle, owner, name);
          AnnotationRequests.requireEtag("annotation", request.getEtag(), before.revision());
          Instant now = now();
          Instant at =
              request.hasEditTime()
                  ? Requests.claimed("edit_time", request.getEditTime(), now)
                  : now;
          MarkEdit edit =
              new MarkEdit(
                  Set.of(),
                  before.place(),
                  before.content(),
                  device,
                  at,
                  before.revision(),
                  request.getEtag().isEmpty());
          save(handle, owner, before, edit.deleteFrom(before, now));
          return read(handle, owner, name);
        });
  }

  private void save(Handle handle, UUID owner, Mark before, Mark after) {
    if (!after.equals(before)) {
      store.update(handle, owner, after);
    }
  }

  private Mark lock(Handle handle, UUID owner, ReadingName.Mark name) {
    Optional<Mark> found = store.lock(handle, owner, name.id());
    return found.filter(mark -> mark.book().equals(name.book())).orElseThrow(missing(name));
  }

  private Annotation read(Handle handle, UUID owner, ReadingName.Mark name) {
    Shown shown = store.find(handle, owner, name).orElseThrow(missing(name));
    return AnnotationMessages.of(lists.anchored(handle, owner, shown));
  }

  private static Supplier<ApiException> missing(ReadingName.Mark name) {
    return () ->
        new ApiException(
            ErrorReason.ERROR_REASON_ANNOTATION_NOT_FOUND,
            "there is no annotation " + name,
            Map.of("annotation", name.toString()));
  }

  private static ApiException full() {
    return new ApiException(
        ErrorReason.ERROR_REASON_ANNOTATION_LIMIT,
        "the book has " + MAX_OF_BOOK + " annotations, which is the most",
        Map.of("limit", Integer.toString(MAX_OF_BOOK)));
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
