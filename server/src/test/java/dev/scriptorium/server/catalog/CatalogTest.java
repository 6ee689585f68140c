package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.View;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void booksAreListedNewestFirstPageByPage() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      newestFirst.addFirst(library.upload(owner, "text " + i).getName());
    }

    List<String> listed = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String token = "";
    do {
      ListBooksResponse page =
          list(ListBooksRequest.newBuilder().setPageSize(3).setPageToken(token));
      page.getBooksList().forEach(book -> listed.add(book.getName()));
      sizes.add(page.getBooksCount());
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(listed).isEqualTo(newestFirst);
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @Test
  void aPageTakesAtMostTwoStatementsWhateverItsSize() throws Exception {
    for (int i = 0; i < 12; i++) {
      Book book = library.upload(owner, "text " + i);
      UUID id = BookName.parse("name", book.getName()).id();
      library.apply(library.job(id, "inspect"), SampleResults.inspected());
      library.apply(library.job(id, "parse"), SampleResults.parsed());
      progress(book, 30);
    }

    for (View view : List.of(View.VIEW_BASIC, View.VIEW_FULL)) {
      for (int size : new int[] {1, 12, 1000}) {
        database.statements().reset();
        ListBooksResponse page =
            list(ListBooksRequest.newBuilder().setPageSize(size).setView(view));
        assertThat(database.statements().statements()).hasSizeLessThanOrEqualTo(2);
        assertThat(page.getBooksCount()).isEqualTo(Math.min(size, 12));
        assertThat(page.getBooksList())
            .allSatisfy(
                book -> {
                  assertThat(book.getProgress().getPosition().getOffset()).isEqualTo(30);
                  assertThat(book.getProgress().getPosition().getChapter())
                      .isEqualTo(book.getName() + "/chapters/2");
                  assertThat(book.getProgress().getPosition().getChapterOffset()).isEqualTo(8);
                  assertThat(book.getStagesCount()).isEqualTo(3);
                  assertThat(book.getContentsCount()).isEqualTo(view == View.VIEW_FULL ? 2 : 0);
                  assertThat(book.getDescription().isEmpty()).isEqualTo(view == View.VIEW_BASIC);
                });
      }
    }
  }

  @Test
  void aPageTokenOfAnotherListIsRefused() {
    library.upload(owner, "one");
    library.upload(owner, "two");
    String token = list(ListBooksRequest.newBuilder().setPageSize(1)).getNextPageToken();

    Refusal other =
        Refusal.of(
            () -> list(ListBooksRequest.newBuilder().setShowDeleted(true).setPageToken(token)));
    Refusal damaged =
        Refusal.of(() -> list(ListBooksRequest.newBuilder().setPageToken("nonsense")));

    assertThat(other.reason()).isEqualTo("PAGE_TOKEN_INVALID");
    assertThat(damaged.reason()).isEqualTo("PAGE_TOKEN_INVALID");
  }

  @Test
  void theMaskedFieldsAreChangedAndNoLaterJobTakesThemBack() throws Exception {
    Book uploaded = library.upload(owner, "text");
    UUID id = BookName.parse("name", uploaded.getName()).id();
    Book wanted =
        Book.newBuilder()
            .setName(uploaded.getName())
            .setTitle("My title")
            .setPublisher("not in the mask")
            .addContributors(Contributor.newBuilder().setName("Me").setRole("aut"))
            .build();

    Book updated = update(wanted, "title", "contributors", "series_index");
    library.clock.advance(Duration.ofSeconds(1));
    library.apply(library.job(id, "inspect"), SampleResults.inspected());
    library.apply(library.job(id, "parse"), SampleResults.parsed());

    Book book = get(uploaded);
    assertThat(updated.getTitle()).isEqualTo("My title");
    assertThat(updated.getPublisher()).isEmpty();
    assertThat(updated.getEtag()).isNotEqualTo(uploaded.getEtag());
    assertThat(book.getTitle()).isEqualTo("My title");
    assertThat(book.getContributorsList()).extracting(Contributor::getName).containsExactly("Me");
    assertThat(book.hasSeriesIndex()).isFalse();
    assertThat(book.getPublisher()).isEqualTo("Press");
    assertThat(book.getUpdateTime().getSeconds()).isGreaterThan(book.getCreateTime().getSeconds());
  }

  @Test
  void withoutAMaskTheFieldsThatAreSetAreChanged() {
    Book uploaded = library.upload(owner, "text");

    Book updated = update(Book.newBuilder().setName(uploaded.getName()).setSeries("Mills").build());

    assertThat(updated.getSeries()).isEqualTo("Mills");
    assertThat(updated.getTitle()).isEqualTo("book.txt");
  }

  @Test
  void anUpdateThatMakesNoSenseIsRefused() {
    Book book = library.upload(owner, "text");
    Book.Builder named = Book.newBuilder().setName(book.getName());

    assertThat(Refusal.of(() -> update(named.build(), "state")).metadata())
        .containsEntry("field", "update_mask")
        .containsEntry("value", "state");
    assertThat(Refusal.of(() -> update(named.build(), "title")).metadata())
        .containsEntry("field", "book.title");
    assertThat(Refusal.of(() -> update(named.clone().addLanguages("not a tag").build())).metadata())
        .containsEntry("field", "book.languages");
    assertThat(
            Refusal.of(() -> update(named.clone().setSeriesIndex(Double.NaN).build())).metadata())
        .containsEntry("field", "book.series_index");
    assertThat(get(book)).isEqualTo(get(book).toBuilder().setEtag(book.getEtag()).build());
  }

  @Test
  void aStaleEtagStopsUpdateAndDelete() {
    Book book = library.upload(owner, "text");
    Book changed = update(Book.newBuilder().setName(book.getName()).setTitle("New").build());

    Refusal update =
        Refusal.of(
            () ->
                library
                    .catalog(owner)
                    .updateBook(
                        UpdateBookRequest.newBuilder()
                            .setBook(changed.toBuilder().setTitle("Newer"))
                            .setEtag(book.getEtag())
                            .build()));
    Refusal delete =
        Refusal.of(
            () ->
                library
                    .catalog(owner)
                    .deleteBook(
                        DeleteBookRequest.newBuilder()
                            .setName(book.getName())
                            .setEtag(book.getEtag())
                            .build()));

    assertThat(update.reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(update.code()).isEqualTo(Status.Code.ABORTED);
    assertThat(update.metadata()).containsEntry("etag", changed.getEtag());
    assertThat(delete.reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(get(book).getTitle()).isEqualTo("New");
  }

  @Test
  void aDeletedBookIsGoneFromListsAndPurgedLater() {
    Book book = library.upload(owner, "text");

    Book deleted =
        library
            .catalog(owner)
            .deleteBook(
                DeleteBookRequest.newBuilder()
                    .setName(book.getName())
                    .setEtag(book.getEtag())
                    .build());

    assertThat(deleted.getPurgeTime().getSeconds() - deleted.getDeleteTime().getSeconds())
        .isEqualTo(Duration.ofDays(30).toSeconds());
    assertThat(list(ListBooksRequest.newBuilder()).getBooksList()).isEmpty();
    assertThat(list(ListBooksRequest.newBuilder().setShowDeleted(true)).getBooksList()).hasSize(1);
    assertThat(get(book).hasDeleteTime()).isTrue();
    assertThat(Refusal.of(() -> update(Book.newBuilder().setName(book.getName()).build())).reason())
        .isEqualTo("BOOK_NOT_FOUND");
    assertThat(library.jobs.cancelled).hasSize(1);
  }

  @Test
  void aNameThatIsNoneIsRefusedWithItsField() {
    for (String name :
        List.of("", "books/", "books/17", "book/" + owner, "books/" + owner + "/x")) {
      Refusal refusal =
          Refusal.of(
              () ->
                  library
                      .catalog(owner)
                      .getBook(GetBookRequest.newBuilder().setName(name).build()));
      assertThat(refusal.reason()).isEqualTo("INVALID_FIELD");
      assertThat(refusal.metadata()).containsEntry("field", "name").containsEntry("value", name);
    }
  }

  private ListBooksResponse list(ListBooksRequest.Builder request) {
    return library.catalog(owner).listBooks(request.build());
  }

  private Book get(Book book) {
    return library
        .catalog(owner)
        .getBook(GetBookRequest.newBuilder().setName(book.getName()).build());
  }

  private Book update(Book book, String... mask) {
    return library
        .catalog(owner)
        .updateBook(
            UpdateBookRequest.newBuilder()
                .setBook(book)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(mask)))
                .build());
  }

  private void progress(Book book, long offset) {
    library
        .reading(owner)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(book.getName() + "/progress")
                .setOffset(offset)
                .setDevice("reader")
                .build());
  }
}
