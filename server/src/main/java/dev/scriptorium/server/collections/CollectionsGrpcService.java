package dev.scriptorium.server.collections;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CollectionShare;
import dev.scriptorium.v1.CollectionsGrpc;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.DeleteCollectionRequest;
import dev.scriptorium.v1.DeleteCollectionResponse;
import dev.scriptorium.v1.GetCollectionRequest;
import dev.scriptorium.v1.ListCollectionBooksRequest;
import dev.scriptorium.v1.ListCollectionBooksResponse;
import dev.scriptorium.v1.ListCollectionSharesRequest;
import dev.scriptorium.v1.ListCollectionSharesResponse;
import dev.scriptorium.v1.ListCollectionsRequest;
import dev.scriptorium.v1.ListCollectionsResponse;
import dev.scriptorium.v1.RemoveBooksRequest;
import dev.scriptorium.v1.ShareCollectionRequest;
import dev.scriptorium.v1.UnshareCollectionRequest;
import dev.scriptorium.v1.UnshareCollectionResponse;
import dev.scriptorium.v1.UpdateCollectionRequest;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** The wire side of collections. Thread-safe. */
public final class CollectionsGrpcService extends CollectionsGrpc.CollectionsImplBase {
  private final Collections collections;
  private final Shelves shelves;
  private final CollectionShares shares;

  /** Serves these rules. */
  public CollectionsGrpcService(Collections collections, Shelves shelves, CollectionShares shares) {
    this.collections = collections;
    this.shelves = shelves;
    this.shares = shares;
  }

  @Override
  public void createCollection(CreateCollectionRequest request, StreamObserver<Collection> answer) {
    send(answer, collections.create(owner(), request));
  }

  @Override
  public void getCollection(GetCollectionRequest request, StreamObserver<Collection> answer) {
    send(answer, collections.get(owner(), request.getName()));
  }

  @Override
  public void listCollections(
      ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> answer) {
    send(answer, collections.list(owner(), request));
  }

  @Override
  public void updateCollection(UpdateCollectionRequest request, StreamObserver<Collection> answer) {
    send(answer, collections.update(owner(), request));
  }

  @Override
  public void deleteCollection(
      DeleteCollectionRequest request, StreamObserver<DeleteCollectionResponse> answer) {
    collections.delete(owner(), request);
    send(answer, DeleteCollectionResponse.getDefaultInstance());
  }

  @Override
  public void addBooks(AddBooksRequest request, StreamObserver<Collection> answer) {
    send(answer, shelves.add(owner(), request));
  }

  @Override
  public void removeBooks(RemoveBooksRequest request, StreamObserver<Collection> answer) {
    send(answer, shelves.remove(owner(), request));
  }

  @Override
  public void listCollectionBooks(
      ListCollectionBooksRequest request, StreamObserver<ListCollectionBooksResponse> answer) {
    send(answer, collections.books(owner(), request));
  }

  @Override
  public void shareCollection(
      ShareCollectionRequest request, StreamObserver<CollectionShare> answer) {
    send(answer, shares.share(Caller.current(), request));
  }

  @Override
  public void unshareCollection(
      UnshareCollectionRequest request, StreamObserver<UnshareCollectionResponse> answer) {
    shares.unshare(Caller.current(), request);
    send(answer, UnshareCollectionResponse.getDefaultInstance());
  }

  @Override
  public void listCollectionShares(
      ListCollectionSharesRequest request, StreamObserver<ListCollectionSharesResponse> answer) {
    send(answer, shares.list(Caller.current(), request));
  }

  private static UUID owner() {
    return Caller.current().owner();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
