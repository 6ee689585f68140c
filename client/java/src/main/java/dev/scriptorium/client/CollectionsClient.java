package dev.scriptorium.client;

import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CollectionShare;
import dev.scriptorium.v1.CollectionsGrpc;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.DeleteCollectionRequest;
import dev.scriptorium.v1.ListCollectionBooksRequest;
import dev.scriptorium.v1.ListCollectionSharesRequest;
import dev.scriptorium.v1.ListCollectionsRequest;
import dev.scriptorium.v1.RemoveBooksRequest;
import dev.scriptorium.v1.ShareCollectionRequest;
import dev.scriptorium.v1.UnshareCollectionRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Collections of books, own and shared ones. What is said of calls at {@link ScriptoriumClient}
 * holds here too. Thread-safe; lives as long as the client it comes from.
 */
public final class CollectionsClient {
  private static final int PAGE_SIZE = 200;

  private final Calls calls;
  private final Duration callTimeout;
  private final CollectionsGrpc.CollectionsBlockingStub stub;

  CollectionsClient(
      Calls calls, Duration callTimeout, CollectionsGrpc.CollectionsBlockingStub stub) {
    this.calls = calls;
    this.callTimeout = callTimeout;
    this.stub = stub;
  }

  /** The caller's collections, or those that others share with the caller, by name. */
  public Stream<Collection> list(ListCollectionsRequest.Direction direction) {
    ListCollectionsRequest.Builder request =
        ListCollectionsRequest.newBuilder().setDirection(direction).setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListCollectionsRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listCollections(page));
          return new Page<>(answer.getCollectionsList(), answer.getNextPageToken());
        });
  }

  /** Makes a collection without books. */
  public Collection create(String title, String description) {
    CreateCollectionRequest request =
        CreateCollectionRequest.newBuilder()
            .setCollection(Collection.newBuilder().setTitle(title).setDescription(description))
            .setCollectionId(UUID.randomUUID().toString())
            .build();
    return calls.repeatable(() -> timed().createCollection(request));
  }

  /** Deletes a collection, {@code collections/{collection}}; its books stay. */
  public void delete(String name) {
    DeleteCollectionRequest request = DeleteCollectionRequest.newBuilder().setName(name).build();
    calls.once(() -> timed().deleteCollection(request));
  }

  /** Puts books at the end of a collection, all or none; 1 to 500. */
  public Collection add(String name, List<String> books) {
    AddBooksRequest request = AddBooksRequest.newBuilder().setName(name).addAllBooks(books).build();
    return calls.repeatable(() -> timed().addBooks(request));
  }

  /** Takes books out of a collection; 1 to 500. */
  public Collection remove(String name, List<String> books) {
    RemoveBooksRequest request =
        RemoveBooksRequest.newBuilder().setName(name).addAllBooks(books).build();
    return calls.repeatable(() -> timed().removeBooks(request));
  }

  /** The books of a collection, in its order. */
  public Stream<Book> books(String name) {
    ListCollectionBooksRequest.Builder request =
        ListCollectionBooksRequest.newBuilder().setParent(name).setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListCollectionBooksRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listCollectionBooks(page));
          return new Page<>(answer.getBooksList(), answer.getNextPageToken());
        });
  }

  /**
   * Lets another user read what is in a collection.
   *
   * @param reader {@code users/{user}} or an e-mail address
   */
  public CollectionShare share(String name, String reader) {
    ShareCollectionRequest request =
        ShareCollectionRequest.newBuilder().setName(name).setReader(reader).build();
    return calls.repeatable(() -> timed().shareCollection(request));
  }

  /** Ends that; {@code users/me} gives back what is shared with the caller. */
  public void unshare(String name, String reader) {
    UnshareCollectionRequest request =
        UnshareCollectionRequest.newBuilder().setName(name).setReader(reader).build();
    calls.repeatable(() -> timed().unshareCollection(request));
  }

  /** Who may read a collection of the caller's. */
  public List<CollectionShare> shares(String name) {
    ListCollectionSharesRequest request =
        ListCollectionSharesRequest.newBuilder().setParent(name).build();
    return calls.repeatable(() -> timed().listCollectionShares(request)).getSharesList();
  }

  private CollectionsGrpc.CollectionsBlockingStub timed() {
    return stub.withDeadlineAfter(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
