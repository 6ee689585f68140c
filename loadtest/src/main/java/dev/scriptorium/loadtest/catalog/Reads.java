package dev.scriptorium.loadtest.catalog;

import com.google.common.util.concurrent.ListenableFuture;
import dev.scriptorium.loadtest.load.OpenLoop;
import dev.scriptorium.loadtest.load.Times;
import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.loadtest.system.Signals;
import dev.scriptorium.v1.CatalogGrpc.CatalogFutureStub;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ReadingGrpc.ReadingFutureStub;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchTextRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Reads of a filled library at a fixed rate, each with its goal. */
final class Reads {
  private static final int RATE = 200;
  private static final int SEARCHES = 10;
  private static final int PAGE = 50;

  private final CatalogFutureStub catalog;
  private final ReadingFutureStub reading;
  private final Library library;
  private final Duration span;
  private final Timings timings;

  /**
   * What is read.
   *
   * @param readable books with whole texts
   * @param tokens of pages of books, at all depths
   */
  record Library(List<UUID> readable, List<String> tokens) {
    private String anyBook(RandomGenerator random) {
      return "books/" + readable.get(random.nextInt(readable.size()));
    }
  }

  /**
   * @param span how long each call is measured; four times as long before, to warm up
   */
  Reads(
      CatalogFutureStub catalog,
      ReadingFutureStub reading,
      Library library,
      Duration span,
      Timings timings) {
    this.catalog = catalog;
    this.reading = reading;
    this.library = library;
    this.span = span;
    this.timings = timings;
  }

  /** Pages of fifty with progress, at any depth. */
  void pages() throws InterruptedException {
    Times times = open(RATE, random -> catalog.listBooks(page(random)));
    timings.row("ListBooks, 50 a page, any depth", RATE, times);
    timings.verdicts().atMost("ListBooks p99, ms", 25, times.millis(0.99));
  }

  private ListBooksRequest page(RandomGenerator random) {
    return ListBooksRequest.newBuilder()
        .setPageSize(PAGE)
        .setPageToken(library.tokens().get(random.nextInt(library.tokens().size())))
        .build();
  }

  /** Titles as people type them: beginnings, whole words, a typo. */
  void titles() throws InterruptedException {
    List<String> queries =
        List.of(
            "shadow wint", "bronte", "captain island", "lantrn forest", "nocturne 7", "wil zeph");
    Times times =
        open(
            RATE,
            random ->
                catalog.searchBooks(
                    SearchBooksRequest.newBuilder()
                        .setQuery(
                            queries.get(random.nextInt(queries.size()))
                                + (random.nextBoolean() ? "" : " " + random.nextInt(1000)))
                        .build()));
    timings.row("SearchBooks", RATE, times);
    timings.verdicts().atMost("title search p99, ms", 50, times.millis(0.99));
  }

  /** Words, common and rare, in the texts of all books. */
  void texts() throws InterruptedException {
    Times times =
        open(
            SEARCHES,
            random ->
                catalog.searchText(
                    SearchTextRequest.newBuilder()
                        .setParent("books/-")
                        .setQuery(
                            ReadableLibrary.word(100 + random.nextInt(3000))
                                + " "
                                + ReadableLibrary.word(20 + random.nextInt(200)))
                        .build()));
    timings.row(
        "SearchText in " + library.readable().size() + " books, with snippets", SEARCHES, times);
    timings.verdicts().atMost("text search p95, ms", 200, times.millis(0.95));
  }

  /** Chapters that nobody has read yet, from their packs. */
  void chapters() throws InterruptedException {
    Times times = open(RATE, this::chapter);
    timings.row("GetChapter from packs", RATE, times);
    timings.verdicts().atMost("GetChapter p95, ms", 10, times.millis(0.95));
  }

  /** Reads of all sorts. In the middle of them Redis stops: it takes calls and answers none. */
  void withoutRedis(LoneServer server) throws IOException, InterruptedException {
    long redis = server.process().children("redis-server").getFirst().pid();
    Times with = open(RATE, this::anything);
    Signals.send("STOP", redis);
    try {
      Times without = run(RATE, span, this::anything);
      timings.row("reads of all sorts", RATE, with);
      timings.row("the same when Redis stops", RATE, without);
      timings
          .verdicts()
          .atMost("p95 without Redis to with it", 2, without.millis(0.95) / with.millis(0.95));
    } finally {
      Signals.send("CONT", redis);
    }
  }

  private ListenableFuture<?> anything(RandomGenerator random) {
    String book = library.anyBook(random);
    return switch (random.nextInt(4)) {
      case 0 -> catalog.listBooks(page(random));
      case 1 -> catalog.getBook(GetBookRequest.newBuilder().setName(book).build());
      case 2 ->
          reading.getProgress(GetProgressRequest.newBuilder().setName(book + "/progress").build());
      default -> chapter(random);
    };
  }

  private ListenableFuture<?> chapter(RandomGenerator random) {
    int chapter = 1 + random.nextInt(ReadableLibrary.CHAPTERS);
    return catalog.getChapter(
        GetChapterRequest.newBuilder()
            .setName(library.anyBook(random) + "/chapters/" + chapter)
            .build());
  }

  private Times open(int rate, Function<RandomGenerator, ListenableFuture<?>> call)
      throws InterruptedException {
    // Until what is called is compiled.
    var _ = run(rate, span.multipliedBy(4), call);
    return run(rate, span, call);
  }

  private static Times run(
      int rate, Duration length, Function<RandomGenerator, ListenableFuture<?>> call)
      throws InterruptedException {
    return new OpenLoop(rate, _ -> call.apply(ThreadLocalRandom.current())).run(0, length);
  }
}
