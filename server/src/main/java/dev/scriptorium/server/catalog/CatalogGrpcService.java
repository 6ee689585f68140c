package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.PacedAnswer;
import dev.scriptorium.v1.BatchDeleteBooksRequest;
import dev.scriptorium.v1.BatchDeleteBooksResponse;
import dev.scriptorium.v1.BatchGetBooksRequest;
import dev.scriptorium.v1.BatchGetBooksResponse;
import dev.scriptorium.v1.BatchUpdateBooksRequest;
import dev.scriptorium.v1.BatchUpdateBooksResponse;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.Cover;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DownloadBookRequest;
import dev.scriptorium.v1.DownloadBookResponse;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.GetLibraryTotalsRequest;
import dev.scriptorium.v1.LibraryTotals;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListChaptersResponse;
import dev.scriptorium.v1.ListResourcesRequest;
import dev.scriptorium.v1.ListResourcesResponse;
import dev.scriptorium.v1.PurgeBookRequest;
import dev.scriptorium.v1.PurgeBookResponse;
import dev.scriptorium.v1.ReadResourceRequest;
import dev.scriptorium.v1.ReadResourceResponse;
import dev.scriptorium.v1.ResourceHeader;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchBooksResponse;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.SearchTextResponse;
import dev.scriptorium.v1.UndeleteBookRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.View;
import dev.scriptorium.v1.WatchBookRequest;
import dev.scriptorium.v1.WatchBookResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The wire side of the catalog. Thread-safe. */
public final class CatalogGrpcService extends CatalogGrpc.CatalogImplBase {
  private final Catalog catalog;
  private final Uploads uploads;
  private final Chapters chapters;
  private final Search search;
  private final Downloads downloads;
  private final Resources resources;
  private final Trash trash;
  private final BookBatches batches;
  private final BlobStore blobs;
  private final BookWatch watch;
  private final Executor watchThreads;

  /**
   * The rules it serves.
   *
   * @param catalog of books
   * @param uploads of files
   * @param chapters of what can be read
   * @param search of finding
   * @param downloads of files
   * @param resources of pictures inside books
   * @param trash of deleted books
   * @param batches of many books at once
   */
  public record Rules(
      Catalog catalog,
      Uploads uploads,
      Chapters chapters,
      Search search,
      Downloads downloads,
      Resources resources,
      Trash trash,
      BookBatches batches) {}

  /**
   * @param blobs takes the bytes of uploads
   * @param watch wakes those who watch a book
   * @param watchThreads runs one task a streaming call, each for as long as the call: virtual
   *     threads
   */
  public CatalogGrpcService(Rules rules, BlobStore blobs, BookWatch watch, Executor watchThreads) {
    this.catalog = rules.catalog();
    this.uploads = rules.uploads();
    this.chapters = rules.chapters();
    this.search = rules.search();
    this.downloads = rules.downloads();
    this.resources = rules.resources();
    this.trash = rules.trash();
    this.batches = rules.batches();
    this.blobs = blobs;
    this.watch = watch;
    this.watchThreads = watchThreads;
  }

  @Override
  public StreamObserver<UploadBookRequest> uploadBook(StreamObserver<UploadBookResponse> answer) {
    return new UploadCall(
        uploads,
        blobs,
        Caller.current().owner(),
        (ServerCallStreamObserver<UploadBookResponse>) answer);
  }

  @Override
  public void getBook(GetBookRequest request, StreamObserver<Book> answer) {
    UUID book = BookName.parse("name", request.getName()).id();
    View view = request.getView() == View.VIEW_BASIC ? View.VIEW_BASIC : View.VIEW_FULL;
    send(answer, catalog.get(owner(), book, view));
  }

  @Override
  public void listBooks(ListBooksRequest request, StreamObserver<ListBooksResponse> answer) {
    send(answer, catalog.list(owner(), request));
  }

  @Override
  public void updateBook(UpdateBookRequest request, StreamObserver<Book> answer) {
    Book book = catalog.update(owner(), request);
    watch.bookChanged(BookName.parse("name", book.getName()).id());
    send(answer, book);
  }

  @Override
  public void deleteBook(DeleteBookRequest request, StreamObserver<Book> answer) {
    Book book = catalog.delete(owner(), request);
    watch.bookChanged(BookName.parse("name", book.getName()).id());
    send(answer, book);
  }

  @Override
  public void watchBook(WatchBookRequest request, StreamObserver<WatchBookResponse> answer) {
    UUID owner = owner();
    UUID book = BookName.parse("name", request.getName()).id();
    watchThreads.execute(
        new WatchCall(
            book,
            watch,
            () -> catalog.stored(owner, book),
            (ServerCallStreamObserver<WatchBookResponse>) answer));
  }

  @Override
  public void listChapters(
      ListChaptersRequest request, StreamObserver<ListChaptersResponse> answer) {
    send(answer, chapters.list(owner(), request));
  }

  @Override
  public void getChapter(GetChapterRequest request, StreamObserver<Chapter> answer) {
    try {
      send(answer, chapters.get(owner(), request));
    } catch (IOException e) {
      answer.onError(e);
    }
  }

  @Override
  public void getCover(GetCoverRequest request, StreamObserver<Cover> answer) {
    try {
      send(answer, chapters.cover(owner(), request));
    } catch (IOException e) {
      answer.onError(e);
    }
  }

  @Override
  public void searchBooks(SearchBooksRequest request, StreamObserver<SearchBooksResponse> answer) {
    send(answer, search.books(owner(), request));
  }

  @Override
  public void searchText(SearchTextRequest request, StreamObserver<SearchTextResponse> answer) {
    try {
      send(answer, search.texts(owner(), request));
    } catch (IOException e) {
      answer.onError(e);
    }
  }

  @Override
  public void downloadBook(
      DownloadBookRequest request, StreamObserver<DownloadBookResponse> answer) {
    Downloads.Range range = downloads.range(owner(), request);
    watchThreads.execute(
        new BytesCall<>(
            DownloadBookResponse.newBuilder().setHeader(range.header()).build(),
            new BytesCall.Bytes(range.file().content(), range.offset(), range.length()),
            chunk -> DownloadBookResponse.newBuilder().setChunk(chunk).build(),
            blobs,
            paced(answer)));
  }

  @Override
  public void listResources(
      ListResourcesRequest request, StreamObserver<ListResourcesResponse> answer) {
    send(answer, resources.list(owner(), request));
  }

  @Override
  public void readResource(
      ReadResourceRequest request, StreamObserver<ReadResourceResponse> answer) {
    PieceStore.Piece piece = resources.find(owner(), request);
    ResourceHeader header = Resources.header(piece, request.getIfNoneMatch());
    watchThreads.execute(
        new BytesCall<>(
            ReadResourceResponse.newBuilder().setHeader(header).build(),
            new BytesCall.Bytes(
                piece.pack(), piece.offset(), header.getNotModified() ? 0 : piece.length()),
            chunk -> ReadResourceResponse.newBuilder().setChunk(chunk).build(),
            blobs,
            paced(answer)));
  }

  @Override
  public void undeleteBook(UndeleteBookRequest request, StreamObserver<Book> answer) {
    Book book = trash.undelete(owner(), request);
    watch.bookChanged(BookName.parse("name", book.getName()).id());
    send(answer, book);
  }

  @Override
  public void purgeBook(PurgeBookRequest request, StreamObserver<PurgeBookResponse> answer) {
    trash.purge(owner(), request);
    send(answer, PurgeBookResponse.getDefaultInstance());
  }

  @Override
  public void batchGetBooks(
      BatchGetBooksRequest request, StreamObserver<BatchGetBooksResponse> answer) {
    send(answer, catalog.getAll(owner(), request));
  }

  @Override
  public void batchUpdateBooks(
      BatchUpdateBooksRequest request, StreamObserver<BatchUpdateBooksResponse> answer) {
    BatchUpdateBooksResponse changed = batches.update(owner(), request);
    changed.getBooksList().forEach(this::changed);
    send(answer, changed);
  }

  @Override
  public void batchDeleteBooks(
      BatchDeleteBooksRequest request, StreamObserver<BatchDeleteBooksResponse> answer) {
    BatchDeleteBooksResponse deleted = batches.delete(owner(), request);
    deleted.getBooksList().forEach(this::changed);
    send(answer, deleted);
  }

  private void changed(Book book) {
    watch.bookChanged(BookName.parse("name", book.getName()).id());
  }

  @Override
  public void getLibraryTotals(
      GetLibraryTotalsRequest request, StreamObserver<LibraryTotals> answer) {
    send(answer, catalog.totals(owner()));
  }

  private static <T> PacedAnswer<T> paced(StreamObserver<T> answer) {
    return new PacedAnswer<>((ServerCallStreamObserver<T>) answer);
  }

  private static UUID owner() {
    return Caller.current().owner();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
