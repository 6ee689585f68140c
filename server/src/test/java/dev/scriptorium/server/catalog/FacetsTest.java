package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DeleteSavedFilterRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListFacetsRequest;
import dev.scriptorium.v1.ListFacetsRequest.Facet;
import dev.scriptorium.v1.ListFacetsResponse;
import dev.scriptorium.v1.ListSavedFiltersRequest;
import dev.scriptorium.v1.PutSavedFilterRequest;
import dev.scriptorium.v1.SavedFilter;
import dev.scriptorium.v1.UpdateBookRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FacetsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private static final String NAME = "savedFilters/00000000-0000-4000-8000-0000000000f0";

  private Library library;
  private UUID owner;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book("one", "Mary Shelley", "en", "sea", "short");
    book("two", "Mary Shelley", "de", "sea");
    book("three", "Jane Austen", "en");
    String gone = book("gone", "Jane Austen", "fr", "sea");
    library.catalog(owner).deleteBook(DeleteBookRequest.newBuilder().setName(gone).build());
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void valuesAreCountedByBooksThatAreNotDeleted() {
    ListFacetsResponse all = facets(ListFacetsRequest.newBuilder());

    assertThat(all.getBooks()).isEqualTo(3);
    assertThat(all.getTruncated()).isFalse();
    assertThat(all.getFacetsList())
        .extracting(ListFacetsResponse.Values::getFacet)
        .containsExactly(
            Facet.FACET_AUTHOR,
            Facet.FACET_LANGUAGE,
            Facet.FACET_SERIES,
            Facet.FACET_TAG,
            Facet.FACET_MEDIA_TYPE,
            Facet.FACET_GENRE);
    assertThat(values(all, 0)).containsExactly("Mary Shelley 2", "Jane Austen 1");
    assertThat(values(all, 1)).containsExactly("en 2", "de 1");
    assertThat(values(all, 2)).isEmpty();
    assertThat(values(all, 3)).containsExactly("sea 2", "short 1");
    assertThat(values(all, 4)).containsExactly("text/plain 3");
    assertThat(values(all, 5)).containsExactly("Novel 3");
  }

  @Test
  void aFilterNarrowsThemDownAndAValueIsAFilter() {
    ListFacetsResponse english =
        facets(
            ListFacetsRequest.newBuilder()
                .setFilter("language = en AND NOT author = \"Jane Austen\"")
                .addFacets(Facet.FACET_TAG)
                .setMaxValues(1));

    assertThat(english.getBooks()).isEqualTo(1);
    assertThat(values(english, 0)).containsExactly("sea 1");
    assertThat(english.getFacets(0).getMore()).isTrue();
    assertThat(
            library
                .catalog(owner)
                .listBooks(ListBooksRequest.newBuilder().setFilter("tag = sea").build())
                .getBooksList())
        .hasSize(2);
  }

  @Test
  void everyFieldOfTheFilterIsThere() {
    for (String filter :
        List.of(
            "title:o",
            "series = x",
            "publisher = x",
            "subject = x",
            "genre = Novel",
            "word_count > 1",
            "page_count < 1",
            "chapter_count < 1",
            "create_time > 2000-01-01",
            "update_time > 2000-01-01",
            "has_cover = true",
            "media_type = \"text/plain\"",
            "size_bytes > 0",
            "opened = true",
            "fraction > 0.5")) {
      assertThat(facets(ListFacetsRequest.newBuilder().setFilter(filter)).getFacetsList())
          .as(filter)
          .hasSize(6);
    }
  }

  @Test
  void itTakesOneStatement() {
    database.statements().reset();

    facets(ListFacetsRequest.newBuilder());

    assertThat(database.statements().statements()).hasSize(1);
  }

  @Test
  void aStrangerCountsNothing() {
    ListFacetsResponse none =
        library
            .filters(database.createAccount())
            .listFacets(ListFacetsRequest.getDefaultInstance());

    assertThat(none.getBooks()).isZero();
    assertThat(none.getFacetsList()).allMatch(facet -> facet.getValuesCount() == 0);
  }

  @Test
  void aBadRequestIsRefused() {
    assertThat(
            List.of(
                Refusal.of(() -> facets(ListFacetsRequest.newBuilder().setMaxValues(101))).reason(),
                Refusal.of(
                        () ->
                            facets(
                                ListFacetsRequest.newBuilder().addFacets(Facet.FACET_UNSPECIFIED)))
                    .reason(),
                Refusal.of(() -> facets(ListFacetsRequest.newBuilder().addFacetsValue(99)))
                    .reason()))
        .containsOnly("INVALID_FIELD");
    assertThat(Refusal.of(() -> facets(ListFacetsRequest.newBuilder().setFilter("x ="))).reason())
        .isEqualTo("FILTER_INVALID");
  }

  @Test
  void aFilterIsKeptReplacedAndForgotten() {
    SavedFilter first = put("Short ones", "word_count < 30000", "");

    SavedFilter second = put("Very short ones", "word_count < 3000", first.getEtag());

    assertThat(saved(owner)).containsExactly(second);
    assertThat(saved(database.createAccount())).isEmpty();
    assertThat(Refusal.of(() -> put("x", "", first.getEtag())).reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(Refusal.of(() -> put("x", "word_count <", "")).reason()).isEqualTo("FILTER_INVALID");
    assertThat(Refusal.of(() -> put(" ", "", "")).reason()).isEqualTo("INVALID_FIELD");
    var delete = DeleteSavedFilterRequest.newBuilder().setName(NAME).build();
    assertThat(library.filters(owner).deleteSavedFilter(delete)).isNotNull();
    assertThat(Refusal.of(() -> library.filters(owner).deleteSavedFilter(delete)).reason())
        .isEqualTo("SAVED_FILTER_NOT_FOUND");
  }

  private SavedFilter put(String title, String filter, String etag) {
    return library
        .filters(owner)
        .putSavedFilter(
            PutSavedFilterRequest.newBuilder()
                .setSavedFilter(
                    SavedFilter.newBuilder().setName(NAME).setTitle(title).setFilter(filter))
                .setEtag(etag)
                .build());
  }

  private List<SavedFilter> saved(UUID who) {
    return library
        .filters(who)
        .listSavedFilters(ListSavedFiltersRequest.getDefaultInstance())
        .getSavedFiltersList();
  }

  private ListFacetsResponse facets(ListFacetsRequest.Builder request) {
    return library.filters(owner).listFacets(request.build());
  }

  private static List<String> values(ListFacetsResponse response, int facet) {
    return response.getFacets(facet).getValuesList().stream()
        .map(value -> value.getValue() + " " + value.getBooks())
        .toList();
  }

  private String book(String title, String author, String language, String... tags) {
    String name = library.upload(owner, title).getName();
    library
        .catalog(owner)
        .updateBook(
            UpdateBookRequest.newBuilder()
                .setBook(
                    Book.newBuilder()
                        .setName(name)
                        .setTitle(title)
                        .addContributors(Contributor.newBuilder().setName(author))
                        // Named twice, counted once.
                        .addContributors(Contributor.newBuilder().setName(author))
                        .addLanguages(language)
                        .addGenres("Novel")
                        .addAllTags(List.of(tags)))
                .build());
    return name;
  }
}
