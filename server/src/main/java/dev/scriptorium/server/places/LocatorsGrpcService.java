package dev.scriptorium.server.places;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.ConvertLocatorsRequest;
import dev.scriptorium.v1.ConvertLocatorsResponse;
import dev.scriptorium.v1.ListPositionsRequest;
import dev.scriptorium.v1.ListPositionsResponse;
import dev.scriptorium.v1.LocatorsGrpc;
import io.grpc.stub.StreamObserver;

/** The wire side of places. Thread-safe. */
public final class LocatorsGrpcService extends LocatorsGrpc.LocatorsImplBase {
  private final Places places;

  /** Serves these rules. */
  public LocatorsGrpcService(Places places) {
    this.places = places;
  }

  @Override
  public void listPositions(
      ListPositionsRequest request, StreamObserver<ListPositionsResponse> answer) {
    answer.onNext(places.list(Caller.current().owner(), request));
    answer.onCompleted();
  }

  @Override
  public void convertLocators(
      ConvertLocatorsRequest request, StreamObserver<ConvertLocatorsResponse> answer) {
    answer.onNext(places.convert(Caller.current().owner(), request));
    answer.onCompleted();
  }
}
