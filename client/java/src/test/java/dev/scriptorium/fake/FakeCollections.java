package dev.scriptorium.fake;

import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CollectionShare;
import dev.scriptorium.v1.CollectionsGrpc;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.DeleteCollectionRequest;
import dev.scriptorium.v1.DeleteCollectionResponse;
import dev.scriptorium.v1.ListCollectionBooksRequest;
import dev.scriptorium.v1.ListCollectionBooksResponse;
import dev.scriptorium.v1.ListCollectionSharesRequest;
import dev.scriptorium.v1.ListCollectionSharesResponse;
import dev.scriptorium.v1.ListCollectionsRequest;
import dev.scriptorium.v1.ListCollectionsRequest.Direction;
import dev.scriptorium.v1.ListCollectionsResponse;
import dev.scriptorium.v1.RemoveBooksRequest;
import dev.scriptorium.v1.ShareCollectionRequest;
import dev.scriptorium.v1.UnshareCollectionRequest;
import dev.scriptorium.v1.UnshareCollectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** One collection of ours and one that is shared with us, and what was asked. Thread-safe. */
public final class FakeCollections extends CollectionsGrpc.CollectionsImplBase {
  private static final Collection SEA =
      Collection.newBuilder()
          .setName("collections/1")
          .setTitle("The sea")
          .setBookCount(2)
          .setUpdateTime(Timestamp.newBuilder().setSeconds(1_790_000_000))
          .build();
  private static final Collection HILLS =
      SEA.toBuilder().setName("collections/2").setTitle("Hills").build();

  private final List<Object> asked = new ArrayList<>();

  FakeCollections() {}

  /** Every request that changes something, in order. */
  public synchronized List<Object> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void createCollection(CreateCollectionRequest request, StreamObserver<Collection> answer) {
    remember(request.toBuilder().clearCollectionId().build());
    send(answer, SEA.toBuilder().setBookCount(0).build());
  }

  @Override
  public void listCollections(
      ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> answer) {
    boolean own = request.getDirection() == Direction.DIRECTION_OWN;
    send(answer, ListCollectionsResponse.newBuilder().addCollections(own ? SEA : HILLS).build());
  }

  @Override
  public void deleteCollection(
      DeleteCollectionRequest request, StreamObserver<DeleteCollectionResponse> answer) {
    remember(request);
    send(answer, DeleteCollectionResponse.getDefaultInstance());
  }

  @Override
  public void addBooks(AddBooksRequest request, StreamObserver<Collection> answer) {
    remember(request);
    send(answer, SEA);
  }

  @Override
  public void removeBooks(RemoveBooksRequest request, StreamObserver<Collection> answer) {
    remember(request);
    send(answer, SEA);
  }

  @Override
  public void listCollectionBooks(
      ListCollectionBooksRequest request, StreamObserver<ListCollectionBooksResponse> answer) {
    Book book = Book.newBuilder().setName("books/1").setTitle("The Ebb").setWordCount(3).build();
    send(answer, ListCollectionBooksResponse.newBuilder().addBooks(book).build());
  }

  @Override
  public void shareCollection(
      ShareCollectionRequest request, StreamObserver<CollectionShare> answer) {
    remember(request);
    send(answer, share(request.getName()));
  }

  @Override
  public void unshareCollection(
      UnshareCollectionRequest request, StreamObserver<UnshareCollectionResponse> answer) {
    remember(request);
    send(answer, UnshareCollectionResponse.getDefaultInstance());
  }

  @Override
  public void listCollectionShares(
      ListCollectionSharesRequest request, StreamObserver<ListCollectionSharesResponse> answer) {
    send(
        answer,
        ListCollectionSharesResponse.newBuilder().addShares(share(request.getParent())).build());
  }

  private static CollectionShare share(String collection) {
    return CollectionShare.newBuilder()
        .setCollection(collection)
        .setReader("users/2")
        .setReaderDisplayName("John")
        .build();
  }

  private synchronized void remember(Object request) {
    asked.add(request);
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
