package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.DeleteSavedFilterRequest;
import dev.scriptorium.v1.DeleteSavedFilterResponse;
import dev.scriptorium.v1.FiltersGrpc;
import dev.scriptorium.v1.ListFacetsRequest;
import dev.scriptorium.v1.ListFacetsResponse;
import dev.scriptorium.v1.ListSavedFiltersRequest;
import dev.scriptorium.v1.ListSavedFiltersResponse;
import dev.scriptorium.v1.PutSavedFilterRequest;
import dev.scriptorium.v1.SavedFilter;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** The wire side of facets and saved filters. Thread-safe. */
public final class FiltersGrpcService extends FiltersGrpc.FiltersImplBase {
  private final Facets facets;
  private final SavedFilters saved;

  /** Serves these rules. */
  public FiltersGrpcService(Facets facets, SavedFilters saved) {
    this.facets = facets;
    this.saved = saved;
  }

  @Override
  public void listFacets(ListFacetsRequest request, StreamObserver<ListFacetsResponse> answer) {
    send(answer, facets.list(owner(), request));
  }

  @Override
  public void putSavedFilter(PutSavedFilterRequest request, StreamObserver<SavedFilter> answer) {
    send(answer, saved.put(owner(), request));
  }

  @Override
  public void listSavedFilters(
      ListSavedFiltersRequest request, StreamObserver<ListSavedFiltersResponse> answer) {
    send(answer, saved.list(owner()));
  }

  @Override
  public void deleteSavedFilter(
      DeleteSavedFilterRequest request, StreamObserver<DeleteSavedFilterResponse> answer) {
    saved.delete(owner(), request);
    send(answer, DeleteSavedFilterResponse.getDefaultInstance());
  }

  private static UUID owner() {
    return Caller.current().owner();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
