package dev.scriptorium.fake;

import dev.scriptorium.v1.FiltersGrpc;
import dev.scriptorium.v1.ListFacetsRequest;
import dev.scriptorium.v1.ListFacetsResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Gives each facet that is asked for one value. Thread-safe. */
final class FakeFilters extends FiltersGrpc.FiltersImplBase {
  @Override
  public void listFacets(ListFacetsRequest request, StreamObserver<ListFacetsResponse> answer) {
    List<ListFacetsRequest.Facet> facets =
        request.getFacetsCount() == 0
            ? List.of(ListFacetsRequest.Facet.FACET_AUTHOR)
            : request.getFacetsList();
    ListFacetsResponse.Builder response =
        ListFacetsResponse.newBuilder().setBooks(3).setTruncated(!request.getFilter().isEmpty());
    for (ListFacetsRequest.Facet facet : facets) {
      response.addFacets(
          ListFacetsResponse.Values.newBuilder()
              .setFacet(facet)
              .addValues(ListFacetsResponse.Value.newBuilder().setValue("Mary").setBooks(2)));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }
}
