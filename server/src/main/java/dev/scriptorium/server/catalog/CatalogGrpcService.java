package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.Cover;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListChaptersResponse;
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
  private final BlobStore blobs;
  private final BookWatch watch;
  private final Executor watchThreads;

  /**
   * @param blobs takes the bytes of uploads
   * @param watch wakes those who watch a book
   * @param watchThreads runs one task a WatchBook call, each for as long as the call: virtual
   *     threads
   */
  public CatalogGrpcService(
      Catalog catalog,
      Uploads uploads,
      Chapters chapters,
      BlobStore blobs,
      BookWatch watch,
      Executor watchThreads) {
    this.catalog = catalog;
    this.uploads = uploads;
    this.chapters = chapters;
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

  private static UUID owner() {
    return Caller.current().owner();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
