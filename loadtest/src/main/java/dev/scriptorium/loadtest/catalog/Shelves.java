package dev.scriptorium.loadtest.catalog;

import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CollectionsGrpc;
import dev.scriptorium.v1.CollectionsGrpc.CollectionsBlockingStub;
import dev.scriptorium.v1.ConvertLocatorsRequest;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.DeleteCollectionRequest;
import dev.scriptorium.v1.FiltersGrpc;
import dev.scriptorium.v1.FiltersGrpc.FiltersBlockingStub;
import dev.scriptorium.v1.ListCollectionBooksRequest;
import dev.scriptorium.v1.ListCollectionsRequest;
import dev.scriptorium.v1.ListFacetsRequest;
import dev.scriptorium.v1.ListPositionsRequest;
import dev.scriptorium.v1.LocatorsGrpc;
import dev.scriptorium.v1.LocatorsGrpc.LocatorsBlockingStub;
import dev.scriptorium.v1.Place;
import dev.scriptorium.v1.RemoveBooksRequest;
import io.grpc.Channel;
import java.util.UUID;

/** Calls of collections, facets and places, with one book. */
final class Shelves {
  private final CollectionsBlockingStub collections;
  private final FiltersBlockingStub filters;
  private final LocatorsBlockingStub locators;

  /**
   * @param channel with a librarian's key
   */
  Shelves(Channel channel) {
    this.collections = CollectionsGrpc.newBlockingStub(channel);
    this.filters = FiltersGrpc.newBlockingStub(channel);
    this.locators = LocatorsGrpc.newBlockingStub(channel);
  }

  /** Uses everything once; what it makes it takes away. */
  void exercise(UUID id) {
    String book = "books/" + id;
    Collection made =
        collections.createCollection(
            CreateCollectionRequest.newBuilder()
                .setCollection(Collection.newBuilder().setTitle("The sea"))
                .build());
    require(
        collections.addBooks(
            AddBooksRequest.newBuilder().setName(made.getName()).addBooks(book).build()));
    var listed =
        collections.listCollections(ListCollectionsRequest.newBuilder().setPageSize(3).build());
    for (Collection each : listed.getCollectionsList()) {
      for (String order : new String[] {"place", "title"}) {
        require(
            collections.listCollectionBooks(
                ListCollectionBooksRequest.newBuilder()
                    .setParent(each.getName())
                    .setOrderBy(order)
                    .build()));
      }
    }
    require(
        collections.removeBooks(
            RemoveBooksRequest.newBuilder().setName(made.getName()).addBooks(book).build()));
    require(
        collections.deleteCollection(
            DeleteCollectionRequest.newBuilder().setName(made.getName()).build()));
    look(book);
  }

  private void look(String book) {
    for (String filter : new String[] {"", "author:raven", "tag = sea"}) {
      require(filters.listFacets(ListFacetsRequest.newBuilder().setFilter(filter).build()));
    }
    require(locators.listPositions(ListPositionsRequest.newBuilder().setParent(book).build()));
    require(
        locators.convertLocators(
            ConvertLocatorsRequest.newBuilder()
                .setParent(book)
                .addPlaces(Place.newBuilder().setOffset(3))
                .build()));
  }

  private static void require(Object answer) {
    if (answer == null) {
      throw new IllegalStateException("no answer");
    }
  }
}
