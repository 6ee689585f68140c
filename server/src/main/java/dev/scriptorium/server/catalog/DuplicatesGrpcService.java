package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.DuplicatesGrpc;
import dev.scriptorium.v1.GetDuplicatesRequest;
import dev.scriptorium.v1.GetDuplicatesResponse;
import dev.scriptorium.v1.ListDuplicatesRequest;
import dev.scriptorium.v1.ListDuplicatesResponse;
import io.grpc.stub.StreamObserver;

/** The wire side of books with nearly the same text. Thread-safe. */
public final class DuplicatesGrpcService extends DuplicatesGrpc.DuplicatesImplBase {
  private final Duplicates duplicates;

  /** Serves these rules. */
  public DuplicatesGrpcService(Duplicates duplicates) {
    this.duplicates = duplicates;
  }

  @Override
  public void getDuplicates(
      GetDuplicatesRequest request, StreamObserver<GetDuplicatesResponse> answer) {
    answer.onNext(duplicates.of(Caller.current().owner(), request));
    answer.onCompleted();
  }

  @Override
  public void listDuplicates(
      ListDuplicatesRequest request, StreamObserver<ListDuplicatesResponse> answer) {
    answer.onNext(duplicates.list(Caller.current().owner(), request));
    answer.onCompleted();
  }
}
