package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.FacetStore.Counted;
import dev.scriptorium.server.catalog.filter.Condition;
import dev.scriptorium.server.catalog.filter.FilterParser;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ListFacetsRequest;
import dev.scriptorium.v1.ListFacetsResponse;
import java.util.List;
import java.util.UUID;

/** The rules of facets. Thread-safe. */
public final class Facets {
  private static final int MAX_BOOKS = 50_000;
  private static final int USUAL_VALUES = 20;
  private static final int MAX_VALUES = 100;

  private final Database database;
  private final FacetStore store = new FacetStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Facets(Database database) {
    this.database = database;
  }

  /** Counts in one statement. */
  ListFacetsResponse list(UUID owner, ListFacetsRequest request) {
    Condition filter = Condition.of(FilterParser.parse(request.getFilter()));
    List<Facet> facets = Facet.of(request.getFacetsList());
    int values = values(request.getMaxValues());
    List<Counted> counted =
        database.inTransaction(
            owner, handle -> store.count(handle, owner, filter, facets, MAX_BOOKS + 1, values + 1));
    ListFacetsResponse.Builder response =
        ListFacetsResponse.newBuilder()
            .setBooks(books(counted, ""))
            .setTruncated(books(counted, FacetStore.SEEN) > MAX_BOOKS);
    facets.forEach(facet -> response.addFacets(values(facet, counted, values)));
    return response.build();
  }

  private static ListFacetsResponse.Values values(Facet facet, List<Counted> counted, int most) {
    List<Counted> own = counted.stream().filter(c -> c.facet().equals(facet.name())).toList();
    return ListFacetsResponse.Values.newBuilder()
        .setFacet(facet.wire())
        .addAllValues(
            own.stream()
                .limit(most)
                .map(
                    c ->
                        ListFacetsResponse.Value.newBuilder()
                            .setValue(c.value())
                            .setBooks(c.books())
                            .build())
                .toList())
        .setMore(own.size() > most)
        .build();
  }

  private static int books(List<Counted> counted, String facet) {
    return counted.stream()
        .filter(c -> c.facet().equals(facet))
        .mapToInt(Counted::books)
        .findFirst()
        .orElse(0);
  }

  private static int values(int requested) {
    if (requested < 0 || requested > MAX_VALUES) {
      throw InvalidField.of("max_values", requested, "0 to " + MAX_VALUES);
    }
    return requested == 0 ? USUAL_VALUES : requested;
  }
}
