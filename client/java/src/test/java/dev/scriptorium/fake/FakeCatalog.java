package dev.scriptorium.fake;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.Cover;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DownloadBookRequest;
import dev.scriptorium.v1.DownloadBookResponse;
import dev.scriptorium.v1.DownloadHeader;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListChaptersResponse;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchBooksResponse;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.SearchTextResponse;
import dev.scriptorium.v1.TextRange;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.WatchBookRequest;
import dev.scriptorium.v1.WatchBookResponse;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Books that are imported at once, or when a test says so. */
public final class FakeCatalog extends CatalogGrpc.CatalogImplBase {
  private final FakeLibrary library;
  private final Faults faults;
  private final List<FakeUpload> uploads = new CopyOnWriteArrayList<>();
  private final List<StreamObserver<WatchBookResponse>> watches = new CopyOnWriteArrayList<>();
  private final AtomicInteger pageSize = new AtomicInteger(1000);
  private volatile boolean holdImports;
  private volatile boolean holdUploads;

  FakeCatalog(FakeLibrary library, Faults faults) {
    this.library = library;
    this.faults = faults;
  }

  /** Every upload so far, also those that failed. */
  public List<FakeUpload> uploads() {
    return uploads;
  }

  /** Watches that were opened, ended ones too. */
  public List<StreamObserver<WatchBookResponse>> watches() {
    return watches;
  }

  /** Watches stay open until the test ends them. */
  public void holdImports() {
    holdImports = true;
  }

  /** Uploads are not read beyond the first message. */
  public void holdUploads() {
    holdUploads = true;
  }

  /** Books on a page of a list. */
  public void pagesOf(int size) {
    pageSize.set(size);
  }

  @Override
  public StreamObserver<UploadBookRequest> uploadBook(StreamObserver<UploadBookResponse> answer) {
    FakeUpload upload = new FakeUpload(library, faults, answer, holdUploads);
    uploads.add(upload);
    return upload;
  }

  @Override
  public void getBook(GetBookRequest request, StreamObserver<Book> answer) {
    reply("GetBook", answer, () -> library.get(request.getName()));
  }

  @Override
  public void listBooks(ListBooksRequest request, StreamObserver<ListBooksResponse> answer) {
    reply("ListBooks", answer, () -> page(request.getPageToken()));
  }

  private ListBooksResponse page(String token) {
    int start = token.isEmpty() ? 0 : Integer.parseInt(token);
    int end = start + pageSize.get();
    List<Book> all = List.copyOf(library.newestFirst());
    return ListBooksResponse.newBuilder()
        .addAllBooks(all.subList(start, Math.min(end, all.size())))
        .setNextPageToken(end < all.size() ? Integer.toString(end) : "")
        .build();
  }

  @Override
  public void deleteBook(DeleteBookRequest request, StreamObserver<Book> answer) {
    reply(
        "DeleteBook",
        answer,
        () -> {
          Book book = library.get(request.getName());
          library.remove(book.getName());
          return book;
        });
  }

  @Override
  public void watchBook(WatchBookRequest request, StreamObserver<WatchBookResponse> answer) {
    Book book;
    try {
      faults.throwPlanned("WatchBook");
      book = library.get(request.getName());
    } catch (StatusRuntimeException e) {
      answer.onError(e);
      return;
    }
    answer.onNext(WatchBookResponse.newBuilder().setBook(book).setActivity("inspect").build());
    watches.add(answer);
    if (!holdImports) {
      finish(answer, book);
    }
  }

  /** Ends a watch as the end of an import does. */
  public void finish(StreamObserver<WatchBookResponse> watch, Book book) {
    Book finished = book.getState() == Book.State.STATE_FAILED ? book : FakeLibrary.finished(book);
    library.put(finished);
    watch.onNext(WatchBookResponse.newBuilder().setBook(finished).build());
    watch.onCompleted();
  }

  @Override
  public void listChapters(
      ListChaptersRequest request, StreamObserver<ListChaptersResponse> answer) {
    reply(
        "ListChapters",
        answer,
        () ->
            ListChaptersResponse.newBuilder()
                .addChapters(chapter(request.getParent(), 1).clearText().clearHtml())
                .addChapters(chapter(request.getParent(), 2).clearText().clearHtml())
                .build());
  }

  @Override
  public void getChapter(GetChapterRequest request, StreamObserver<Chapter> answer) {
    reply(
        "GetChapter",
        answer,
        () -> {
          String[] parts = request.getName().split("/chapters/", 2);
          int ordinal = Integer.parseInt(parts[1]);
          if (ordinal > 2) {
            throw Faults.error(
                Code.NOT_FOUND,
                "CHAPTER_NOT_FOUND",
                "no chapter " + ordinal,
                Map.of("chapter", request.getName()));
          }
          library.get(parts[0]);
          return chapter(parts[0], ordinal).build();
        });
  }

  private static Chapter.Builder chapter(String book, int ordinal) {
    return Chapter.newBuilder()
        .setName(book + "/chapters/" + ordinal)
        .setTitle("Chapter " + ordinal)
        .setSource("text/" + ordinal + ".xhtml")
        .setWordCount(1_500)
        .setLinear(true)
        .setText(
            "It was a dark night. "
                + "The rain fell on the roof. ".repeat(6).strip()
                + "\n\nThen it stopped.")
        .setHtml("<p>It was a dark night.</p>");
  }

  @Override
  public void searchBooks(SearchBooksRequest request, StreamObserver<SearchBooksResponse> answer) {
    reply(
        "SearchBooks",
        answer,
        () -> {
          SearchBooksResponse.Builder found = SearchBooksResponse.newBuilder();
          library.newestFirst().stream()
              .filter(book -> book.getTitle().equalsIgnoreCase(request.getQuery()))
              .forEach(book -> found.addHits(SearchBooksResponse.Hit.newBuilder().setBook(book)));
          return found.build();
        });
  }

  /** Finds "white whale" on two pages. */
  @Override
  public void searchText(SearchTextRequest request, StreamObserver<SearchTextResponse> answer) {
    reply(
        "SearchText",
        answer,
        () -> {
          if (!request.getQuery().equals("white whale")) {
            return SearchTextResponse.getDefaultInstance();
          }
          boolean first = request.getPageToken().isEmpty();
          return SearchTextResponse.newBuilder()
              .addHits(
                  SearchTextResponse.Hit.newBuilder()
                      .setTitle("Moby-Dick")
                      .setRange(TextRange.newBuilder().setChapter("books/x/chapters/3").setStart(7))
                      .setSnippet(first ? "a 😀 white whale" : "whale")
                      .addMatches(
                          SearchTextResponse.Match.newBuilder()
                              .setStart(first ? 4 : 0)
                              .setEnd(first ? 9 : 5)))
              .setNextPageToken(first ? "next" : "")
              .build();
        });
  }

  /** The bytes of "a book", from an offset on. */
  @Override
  public void downloadBook(
      DownloadBookRequest request, StreamObserver<DownloadBookResponse> answer) {
    ByteString file = ByteString.copyFromUtf8("a book");
    answer.onNext(
        DownloadBookResponse.newBuilder()
            .setHeader(
                DownloadHeader.newBuilder()
                    .setSizeBytes(file.size())
                    .setSha256("ae35964219d1b24bba10a2fba9551a06219d701a8f3fff6e80750d09f4f3b495"))
            .build());
    answer.onNext(
        DownloadBookResponse.newBuilder()
            .setChunk(file.substring((int) request.getOffset()))
            .build());
    answer.onCompleted();
  }

  @Override
  public void getCover(GetCoverRequest request, StreamObserver<Cover> answer) {
    reply(
        "GetCover",
        answer,
        () -> {
          library.get(request.getName());
          return Cover.newBuilder()
              .setMediaType("image/png")
              .setData(ByteString.copyFromUtf8("picture"))
              .setEtag("c1")
              .build();
        });
  }

  private <T> void reply(String method, StreamObserver<T> answer, Supplier<T> result) {
    try {
      faults.throwPlanned(method);
      answer.onNext(result.get());
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    }
  }
}
