package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ListFacetsRequest;
import java.util.Arrays;
import java.util.List;

/** What the values of books are counted by. */
enum Facet {
  AUTHOR(ListFacetsRequest.Facet.FACET_AUTHOR, "unnest(x.contributor_name)"),
  LANGUAGE(ListFacetsRequest.Facet.FACET_LANGUAGE, "unnest(x.language)"),
  SERIES(ListFacetsRequest.Facet.FACET_SERIES, "unnest(array[x.series])"),
  TAG(
      ListFacetsRequest.Facet.FACET_TAG,
      "(select t.tag from book_tag t where t.book_id = x.book_id and t.owner_id = :owner"
          + " limit 1000)"),
  MEDIA_TYPE(
      ListFacetsRequest.Facet.FACET_MEDIA_TYPE,
      "(select f.media_type from book_file f"
          + " where f.book_id = x.book_id and f.owner_id = :owner limit 1)"),
  GENRE(ListFacetsRequest.Facet.FACET_GENRE, "unnest(x.genre)");

  private final ListFacetsRequest.Facet wire;
  private final String source;

  Facet(ListFacetsRequest.Facet wire, String source) {
    this.wire = wire;
    this.source = source;
  }

  ListFacetsRequest.Facet wire() {
    return wire;
  }

  /** Where the values of a book {@code x} come from: a column of rows. */
  String source() {
    return source;
  }

  /**
   * Those that are asked for.
   *
   * @param wanted empty for all
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  static List<Facet> of(List<ListFacetsRequest.Facet> wanted) {
    if (wanted.isEmpty()) {
      return List.of(values());
    }
    if (wanted.size() > values().length) {
      throw InvalidField.of("facets", wanted.size() + " facets", "each once");
    }
    return wanted.stream().map(Facet::of).distinct().toList();
  }

  private static Facet of(ListFacetsRequest.Facet wanted) {
    return Arrays.stream(values())
        .filter(facet -> facet.wire == wanted)
        .findFirst()
        .orElseThrow(() -> InvalidField.of("facets", wanted, Arrays.toString(values())));
  }
}
