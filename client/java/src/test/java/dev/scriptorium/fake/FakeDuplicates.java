package dev.scriptorium.fake;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Duplicate;
import dev.scriptorium.v1.DuplicatePair;
import dev.scriptorium.v1.DuplicatesGrpc;
import dev.scriptorium.v1.GetDuplicatesRequest;
import dev.scriptorium.v1.GetDuplicatesResponse;
import dev.scriptorium.v1.ListDuplicatesRequest;
import dev.scriptorium.v1.ListDuplicatesResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Takes all books for editions of one work. */
final class FakeDuplicates extends DuplicatesGrpc.DuplicatesImplBase {
  private final FakeLibrary library;

  FakeDuplicates(FakeLibrary library) {
    this.library = library;
  }

  @Override
  public void getDuplicates(
      GetDuplicatesRequest request, StreamObserver<GetDuplicatesResponse> answer) {
    GetDuplicatesResponse.Builder response = GetDuplicatesResponse.newBuilder();
    for (Book book : library.newestFirst()) {
      if (!book.getName().equals(request.getName())) {
        response.addDuplicates(Duplicate.newBuilder().setBook(book).setLikeness(0.875));
      }
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  // The first page is empty, as the server's may be.
  @Override
  public void listDuplicates(
      ListDuplicatesRequest request, StreamObserver<ListDuplicatesResponse> answer) {
    ListDuplicatesResponse.Builder response = ListDuplicatesResponse.newBuilder();
    if (request.getPageToken().isEmpty()) {
      response.setNextPageToken("second");
    } else {
      List<Book> books = List.copyOf(library.newestFirst());
      response.addPairs(
          DuplicatePair.newBuilder()
              .setBook(books.getLast().getName())
              .setTitle(books.getLast().getTitle())
              .setOther(books.getFirst().getName())
              .setOtherTitle(books.getFirst().getTitle())
              .setLikeness(0.5));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }
}
