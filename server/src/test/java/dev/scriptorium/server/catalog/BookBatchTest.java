package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.BatchDeleteBooksRequest;
import dev.scriptorium.v1.BatchUpdateBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BookBatchTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private List<Book> books;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    books = IntStream.range(0, 4).mapToObj(i -> library.upload(owner, "text " + i)).toList();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void eachBookIsChangedAsItsRequestSays() {
    var batch =
        BatchUpdateBooksRequest.newBuilder()
            .addRequests(update(books.get(2), "Third", ""))
            .addRequests(
                UpdateBookRequest.newBuilder()
                    .setBook(books.get(0).toBuilder().addTags("sea").setSeriesIndex(2).build())
                    .setUpdateMask(
                        FieldMask.newBuilder().addPaths("tags").addPaths("series_index")))
            .build();

    List<Book> changed = library.catalog(owner).batchUpdateBooks(batch).getBooksList();

    assertThat(changed)
        .extracting(Book::getName)
        .containsExactly(books.get(2).getName(), books.get(0).getName());
    assertThat(get(2).getTitle()).isEqualTo("Third");
    assertThat(get(0).getTagsList()).containsExactly("sea");
    assertThat(get(0).getSeriesIndex()).isEqualTo(2);
  }

  @Test
  void allAreChangedOrNone() {
    String stale = "\"99\"";
    String foreign = library.upload(database.createAccount(), "foreign").getName();

    assertThat(reason(update(books.get(0), "New", ""), update(books.get(1), "New", stale)))
        .isEqualTo("ETAG_MISMATCH");
    assertThat(
            reason(
                update(books.get(0), "New", ""),
                update(Book.newBuilder().setName(foreign).build(), "New", "")))
        .isEqualTo("BOOK_NOT_FOUND");
    assertThat(reason(update(books.get(0), "New", ""), update(books.get(0), "Newer", "")))
        .isEqualTo("INVALID_FIELD");
    assertThat(reason(update(books.get(0), "New", ""), update(books.get(1), " ", "")))
        .isEqualTo("INVALID_FIELD");
    assertThat(reason()).isEqualTo("INVALID_FIELD");
    assertThat(get(0).getTitle()).isNotEqualTo("New");
  }

  @Test
  void severalBooksAreDeletedTogether() {
    database.statements().reset();

    var deleted =
        library
            .catalog(owner)
            .batchDeleteBooks(
                BatchDeleteBooksRequest.newBuilder()
                    .addRequests(DeleteBookRequest.newBuilder().setName(books.get(1).getName()))
                    .addRequests(DeleteBookRequest.newBuilder().setName(books.get(3).getName()))
                    .build());

    assertThat(database.statements().statements()).hasSizeLessThanOrEqualTo(4);
    assertThat(deleted.getBooksList()).hasSize(2).allMatch(Book::hasDeleteTime);
    assertThat(
            library.catalog(owner).listBooks(ListBooksRequest.getDefaultInstance()).getBooksList())
        .extracting(Book::getName)
        .containsExactly(books.get(2).getName(), books.get(0).getName());
  }

  private String reason(UpdateBookRequest... requests) {
    var batch = BatchUpdateBooksRequest.newBuilder().addAllRequests(List.of(requests)).build();
    return Refusal.of(() -> library.catalog(owner).batchUpdateBooks(batch)).reason();
  }

  private static UpdateBookRequest update(Book book, String title, String etag) {
    return UpdateBookRequest.newBuilder()
        .setBook(Book.newBuilder().setName(book.getName()).setTitle(title))
        .setUpdateMask(FieldMask.newBuilder().addPaths("title"))
        .setEtag(etag)
        .build();
  }

  private Book get(int number) {
    return library
        .catalog(owner)
        .getBook(GetBookRequest.newBuilder().setName(books.get(number).getName()).build());
  }
}
