package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.SketchStore.Pair;
import dev.scriptorium.server.catalog.SketchStore.Sketch;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.v1.Duplicate;
import dev.scriptorium.v1.DuplicatePair;
import dev.scriptorium.v1.GetDuplicatesRequest;
import dev.scriptorium.v1.GetDuplicatesResponse;
import dev.scriptorium.v1.ListDuplicatesRequest;
import dev.scriptorium.v1.ListDuplicatesResponse;
import dev.scriptorium.v1.View;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds books with nearly the same text. Thread-safe. */
public final class Duplicates {
  /** Texts that have less in common are other texts. */
  private static final double LEAST_LIKENESS = 0.5;

  private static final int MOST_COMPARED = 1000;
  private static final int MOST_TOLD = 100;
  private static final UUID FIRST = new UUID(0, 0);

  private final Database database;
  private final SketchStore store = new SketchStore();
  private final BookStore books = new BookStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Duplicates(Database database) {
    this.database = database;
  }

  /** Books with nearly the text of one. */
  GetDuplicatesResponse of(UUID owner, GetDuplicatesRequest request) {
    BookName book = BookName.parse("name", request.getName());
    return database.inTransaction(
        owner,
        handle -> {
          if (!books.exists(handle, owner, book.id())) {
            throw book.missing();
          }
          return store
              .find(handle, owner, book.id())
              .map(sketch -> alike(handle, owner, sketch))
              .orElse(GetDuplicatesResponse.getDefaultInstance());
        });
  }

  private GetDuplicatesResponse alike(Handle handle, UUID owner, Sketch sketch) {
    Map<UUID, Double> likeness = new LinkedHashMap<>();
    for (Sketch other : store.alike(handle, owner, sketch, MOST_COMPARED)) {
      double found = TextSketch.likeness(sketch.least(), other.least());
      if (found >= LEAST_LIKENESS) {
        likeness.put(other.book(), found);
      }
    }
    List<UUID> told =
        likeness.entrySet().stream()
            .sorted(Map.Entry.<UUID, Double>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_TOLD)
            .map(Map.Entry::getKey)
            .toList();
    GetDuplicatesResponse.Builder response = GetDuplicatesResponse.newBuilder();
    if (!told.isEmpty()) {
      books
          .named(handle, owner, told)
          .forEach(book -> response.addDuplicates(duplicate(book, likeness)));
    }
    return response.build();
  }

  private static Duplicate duplicate(StoredBook stored, Map<UUID, Double> likeness) {
    var book = stored.message(View.VIEW_BASIC, List.of()).clearProgress().build();
    UUID id = BookName.parse("name", book.getName()).id();
    return Duplicate.newBuilder()
        .setBook(book)
        .setLikeness(Objects.requireNonNull(likeness.get(id)))
        .build();
  }

  /** All pairs. */
  ListDuplicatesResponse list(UUID owner, ListDuplicatesRequest request) {
    int size = PageSize.of(request.getPageSize());
    String list = "ListDuplicates " + owner;
    String token = request.getPageToken();
    PageToken after =
        token.isEmpty()
            ? PageToken.of(FIRST.toString(), FIRST.toString())
            : PageToken.decode(token, list);
    List<Pair> found =
        database.inTransaction(
            owner, handle -> store.pairs(handle, owner, after.id(0), after.id(1), size + 1));
    List<Pair> page = found.subList(0, Math.min(size, found.size()));
    ListDuplicatesResponse.Builder response = ListDuplicatesResponse.newBuilder();
    page.stream()
        .filter(pair -> pair.live() && pair.likeness() >= LEAST_LIKENESS)
        .forEach(pair -> response.addPairs(message(pair)));
    if (found.size() > size) {
      Pair last = page.getLast();
      response.setNextPageToken(
          PageToken.of(last.book().toString(), last.other().toString()).encode(list));
    }
    return response.build();
  }

  private static DuplicatePair message(Pair pair) {
    return DuplicatePair.newBuilder()
        .setBook(new BookName(pair.book()).toString())
        .setTitle(pair.title())
        .setOther(new BookName(pair.other()).toString())
        .setOtherTitle(pair.otherTitle())
        .setLikeness(pair.likeness())
        .build();
  }
}
