package dev.scriptorium.fake;

import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.Stage;
import io.grpc.Status.Code;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Books in memory, by name. Thread-safe. */
public final class FakeLibrary {
  private final ConcurrentSkipListMap<String, Book> books = new ConcurrentSkipListMap<>();

  /** Adds an analyzed book under this id, a UUID. */
  public Book add(String id, String title, String author) {
    Book book =
        Book.newBuilder()
            .setName("books/" + id)
            .setEtag("e1")
            .setTitle(title)
            .addContributors(Contributor.newBuilder().setName(author).setRole("aut"))
            .addLanguages("en")
            .setMediaType("application/epub+zip")
            .setFileName(title + ".epub")
            .setSizeBytes(1_234_567)
            .setChapterCount(24)
            .setWordCount(75_012)
            .setCodePoints(400_000)
            .setCreateTime(Timestamp.newBuilder().setSeconds(1_790_000_000))
            .build();
    put(finished(book));
    return finished(book);
  }

  static Book finished(Book book) {
    return book.toBuilder()
        .setState(Book.State.STATE_ANALYZED)
        .clearStages()
        .addAllStages(List.of(stage(1, 412), stage(2, 1_309), stage(3, 6_250)))
        .build();
  }

  private static Stage stage(int tier, long elapsedMillis) {
    return Stage.newBuilder()
        .setTier(tier)
        .setState(Stage.State.STATE_DONE)
        .setPercent(100)
        .setElapsedMillis(elapsedMillis)
        .build();
  }

  /** Adds or replaces a book. */
  public void put(Book book) {
    books.put(book.getName(), book);
  }

  void remove(String name) {
    books.remove(name);
  }

  Collection<Book> newestFirst() {
    return books.descendingMap().values();
  }

  /** A book by its name. */
  public Optional<Book> find(String name) {
    return Optional.ofNullable(books.get(name));
  }

  Book get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                Faults.error(
                    Code.NOT_FOUND, "BOOK_NOT_FOUND", "no book " + name, Map.of("book", name)));
  }
}
