package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.BatchGetBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.GetLibraryTotalsRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.worker.v1.ResultItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BookListTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private Book emma;
  private Book sturm;
  private Book zoe;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    emma = book("Emma", "Jane Austen", "en", "g1");
    sturm = book("Sturmhöhe", "Emily Brontë", "de", "g2");
    zoe = book("émile", "Zoë", "fr", "g2");
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void everyOrderIsKeptOverPagesOfOne() {
    assertThat(titles("", "title")).containsExactly("émile", "Emma", "Sturmhöhe");
    assertThat(titles("", "title desc")).containsExactly("Sturmhöhe", "Emma", "émile");
    assertThat(titles("", "author")).containsExactly("Sturmhöhe", "Emma", "émile");
    assertThat(titles("", "create_time")).containsExactly("Emma", "Sturmhöhe", "émile");
    assertThat(titles("", "")).containsExactly("émile", "Sturmhöhe", "Emma");
    assertThat(titles("", "word_count desc")).hasSize(3);
    assertThat(Refusal.of(() -> titles("", "size")).metadata()).containsEntry("field", "order_by");
  }

  @Test
  void filtersLookAtEveryField() {
    library
        .reading(owner)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(emma.getName() + "/progress")
                .setOffset(5)
                .setDevice("phone")
                .build());
    assertThat(titles("author:bronte", "")).containsExactly("Sturmhöhe");
    assertThat(titles("title = EMMA", "")).containsExactly("Emma");
    assertThat(titles("title != emma AND language != de", "")).containsExactly("émile");
    assertThat(titles("language = de OR language = fr", "title"))
        .containsExactly("émile", "Sturmhöhe");
    assertThat(titles("opened = true", "")).containsExactly("Emma");
    assertThat(titles("fraction > 0.2 fraction < 1", "")).containsExactly("Emma");
    assertThat(titles("NOT opened = true", "")).hasSize(2);
    assertThat(titles("tag = g2", "title")).containsExactly("émile", "Sturmhöhe");
    assertThat(titles("tag != g2", "")).containsExactly("Emma");
    assertThat(titles("genre:ROM", "")).hasSize(3);
    assertThat(titles("word_count >= 1 chapter_count = 2 has_cover = false", "")).hasSize(3);
    assertThat(titles("media_type = text/plain AND size_bytes > 1", "")).hasSize(3);
    assertThat(titles("create_time > 2030-01-01", "")).isEmpty();
    assertThat(titles("subject:mill series = mills publisher = press page_count > 1", ""))
        .hasSize(3);
    Refusal refusal = Refusal.of(() -> titles("titel = x", ""));
    assertThat(refusal.reason()).isEqualTo("FILTER_INVALID");
    assertThat(refusal.metadata()).containsEntry("column", "1");
  }

  @Test
  void aTokenOfAnotherFilterOrOrderIsRefused() {
    ListBooksRequest.Builder request = ListBooksRequest.newBuilder().setPageSize(1);
    String token = library.catalog(owner).listBooks(request.build()).getNextPageToken();

    assertThat(
            Refusal.of(
                    () ->
                        library
                            .catalog(owner)
                            .listBooks(
                                request.setPageToken(token).setFilter("opened = true").build()))
                .reason())
        .isEqualTo("PAGE_TOKEN_INVALID");
  }

  @Test
  void whatTheOwnerHasSetOrLockedStaysWhenTheFileIsReadAgain() throws Exception {
    Book locked = update(emma.toBuilder().setTitle("Mine"), "title", "tags");
    assertThat(locked.getLockedFieldsList()).contains("title").doesNotContain("tags");
    parse(emma, "From the file", "Jane Austen", "en");
    assertThat(titles("title = mine", "")).hasSize(1);

    update(emma.toBuilder().clearLockedFields().addLockedFields("languages"), "locked_fields");
    parse(emma, "From the file", "Jane Austen", "fr");

    assertThat(titles("title:file language = en", "")).hasSize(1);
  }

  @Test
  void severalBooksComeInTheOrderAskedForOrNotAtAll() {
    BatchGetBooksRequest.Builder request =
        BatchGetBooksRequest.newBuilder()
            .addNames(zoe.getName())
            .addNames(emma.getName())
            .addNames(zoe.getName());
    assertThat(library.catalog(owner).batchGetBooks(request.build()).getBooksList())
        .extracting(Book::getTitle)
        .containsExactly("émile", "Emma", "émile");

    request.addNames("books/00000000-0000-7000-8000-000000000000");
    assertThat(Refusal.of(() -> library.catalog(owner).batchGetBooks(request.build())).metadata())
        .containsEntry("book", "books/00000000-0000-7000-8000-000000000000");
  }

  @Test
  void totalsAreThoseOfTheCaller() {
    var totals =
        library.catalog(owner).getLibraryTotals(GetLibraryTotalsRequest.newBuilder().build());

    assertThat(totals.getBooks()).isEqualTo(3);
    assertThat(totals.getChapters()).isEqualTo(6);
    assertThat(totals.getWords()).isEqualTo(3 * sturm(totals.getBooks()));
    assertThat(
            library
                .catalog(database.createAccount())
                .getLibraryTotals(GetLibraryTotalsRequest.newBuilder().build())
                .getBooks())
        .isZero();
  }

  private long sturm(long books) {
    assertThat(books).isEqualTo(3);
    return library
        .catalog(owner)
        .batchGetBooks(BatchGetBooksRequest.newBuilder().addNames(sturm.getName()).build())
        .getBooks(0)
        .getWordCount();
  }

  /** Titles in the order of the list, fetched one by one. */
  private List<String> titles(String filter, String order) {
    List<String> titles = new ArrayList<>();
    ListBooksRequest.Builder request =
        ListBooksRequest.newBuilder().setPageSize(1).setFilter(filter).setOrderBy(order);
    do {
      ListBooksResponse page = library.catalog(owner).listBooks(request.build());
      page.getBooksList().forEach(book -> titles.add(book.getTitle()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return titles;
  }

  private Book book(String title, String author, String language, String tag) throws Exception {
    Book book = library.upload(owner, title);
    parse(book, title, author, language);
    update(
        book.toBuilder().clearTags().addTags(tag).clearGenres().addGenres("Roman"),
        "tags",
        "genres");
    return book;
  }

  private Book update(Book.Builder book, String... mask) {
    return library
        .catalog(owner)
        .updateBook(
            UpdateBookRequest.newBuilder()
                .setBook(book)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(mask)))
                .build());
  }

  private void parse(Book book, String title, String author, String language) throws Exception {
    UUID id = BookName.parse("name", book.getName()).id();
    var metadata =
        SampleResults.metadata()
            .setTitle(title)
            .clearLanguages()
            .addLanguages(language)
            .clearContributors()
            .addContributors(Contributor.newBuilder().setName(author).setRole("aut"));
    library.apply(
        library.job(id, "parse"),
        new TestResult()
            .item(ResultItem.newBuilder().setMetadata(metadata))
            .chapter("One", "First.")
            .chapter("Two", "Second one."));
  }
}
