package dev.scriptorium.server.reading;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.reading.AnnotationStore.After;
import dev.scriptorium.server.reading.AnnotationStore.Range;
import dev.scriptorium.server.reading.AnnotationStore.Shown;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.ListAnnotationsRequest;
import dev.scriptorium.v1.ListAnnotationsResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Lists annotations. Those that were made in another text of the book than it has now are looked
 * for again when they are read, and stay where they were found. Thread-safe.
 */
final class AnnotationLists {
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);

  private final Database database;
  private final AnnotationStore store;
  private final Anchoring anchoring;
  private final InstantSource clock;

  AnnotationLists(
      Database database, AnnotationStore store, Anchoring anchoring, InstantSource clock) {
    this.database = database;
    this.store = store;
    this.anchoring = anchoring;
    this.clock = clock;
  }

  /** A page of annotations. */
  ListAnnotationsResponse list(UUID owner, ListAnnotationsRequest request) {
    Optional<UUID> book = ReadingName.books("parent", request.getParent());
    int size = PageSize.of(request.getPageSize());
    String list =
        "ListAnnotations " + owner + " " + request.getParent() + " " + request.getShowDeleted();
    After after = after(request.getPageToken(), list, book);
    List<Shown> found = page(owner, book, after, request.getShowDeleted(), size + 1);
    Page<Annotation> page = Page.of(found.stream().map(AnnotationMessages::of).toList(), size);
    ListAnnotationsResponse.Builder response =
        ListAnnotationsResponse.newBuilder().addAllAnnotations(page.items());
    if (page.more()) {
      After last = found.get(page.items().size() - 1).at();
      response.setNextPageToken(
          PageToken.of(last.book().toString(), Long.toString(last.start()), last.id().toString())
              .encode(list));
    }
    return response.build();
  }

  /**
   * Annotations behind one, by book and place.
   *
   * @param book empty for all books
   * @throws dev.scriptorium.server.wire.ApiException BOOK_NOT_FOUND when one is named
   */
  List<Shown> page(UUID owner, Optional<UUID> book, After after, boolean deletedToo, int limit) {
    Range range = new Range(book.orElse(FIRST), book.orElse(LAST));
    return database.inTransaction(
        owner,
        handle -> {
          if (book.isPresent() && store.book(handle, owner, book.get()).isEmpty()) {
            throw new BookName(book.get()).missing();
          }
          return anchored(
              handle, owner, store.list(handle, owner, range, after, deletedToo, limit));
        });
  }

  /** Before the first annotation. */
  static After beginning(Optional<UUID> book) {
    return new After(book.orElse(FIRST), -1, FIRST);
  }

  /** The mark, where it is in the present text. */
  Shown anchored(Handle handle, UUID owner, Shown shown) {
    return anchored(handle, owner, List.of(shown)).getFirst();
  }

  // A page keeps the order it was read in, also when marks move: they may come twice, but none is
  // missed.
  private List<Shown> anchored(Handle handle, UUID owner, List<Shown> found) {
    Map<UUID, List<Shown>> astray = new LinkedHashMap<>();
    for (Shown shown : found) {
      boolean other = !shown.mark().place().edition().equals(shown.edition());
      if (other && !shown.edition().isEmpty() && shown.chapter() > 0) {
        astray.computeIfAbsent(shown.mark().book(), _ -> new ArrayList<>()).add(shown);
      }
    }
    if (astray.isEmpty()) {
      return found;
    }
    Map<UUID, Shown> moved = new LinkedHashMap<>();
    astray.forEach((book, marks) -> moved.putAll(move(handle, owner, book, marks)));
    return found.stream().map(s -> moved.getOrDefault(s.mark().id(), s)).toList();
  }

  private Map<UUID, Shown> move(Handle handle, UUID owner, UUID book, List<Shown> marks) {
    String edition = marks.getFirst().edition();
    List<Anchoring.Anchored> places =
        anchoring.again(
            handle, owner, book, edition, marks.stream().map(s -> s.mark().place()).toList());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<UUID, Shown> moved = new LinkedHashMap<>();
    for (int i = 0; i < marks.size(); i++) {
      Shown before = marks.get(i);
      Anchoring.Anchored there = places.get(i);
      Mark mark = before.mark().withPlace(there.place()).changed(now);
      moved.put(
          mark.id(),
          new Shown(
              mark,
              before.title(),
              before.authors(),
              there.chapter(),
              there.chapterStart(),
              edition,
              before.at()));
    }
    store.move(handle, owner, moved.values().stream().map(Shown::mark).toList());
    return moved;
  }

  private static After after(String token, String list, Optional<UUID> book) {
    if (token.isEmpty()) {
      return beginning(book);
    }
    PageToken read = PageToken.decode(token, list);
    return new After(read.id(0), read.number(1), read.id(2));
  }
}
