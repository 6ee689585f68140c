package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.View;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many statements a call takes; what names a transaction's owner does not count. */
class StatementCountTest {
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

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 1000})
  void aListWithProgressTakesTwoStatementsAtMost(int count) throws Exception {
    fill(count);
    for (View view : View.values()) {
      if (view == View.UNRECOGNIZED) {
        continue;
      }
      ListBooksRequest request =
          ListBooksRequest.newBuilder().setPageSize(count).setView(view).build();
      database.statements().reset();

      var books = library.catalog(owner).listBooks(request).getBooksList();

      assertThat(database.statements().statements()).hasSizeLessThanOrEqualTo(2);
      assertThat(books).hasSize(view == View.VIEW_FULL ? Math.min(count, 50) : count);
      assertThat(books).allMatch(Book::hasProgress);
    }
  }

  @Test
  void aBookTakesOneStatementAndNoneOnceItIsCached() throws Exception {
    String book = parsed();
    for (View view : new View[] {View.VIEW_BASIC, View.VIEW_FULL}) {
      GetBookRequest request = GetBookRequest.newBuilder().setName(book).setView(view).build();
      Runnable get =
          () -> assertThat(library.catalog(owner).getBook(request).getName()).isNotEmpty();
      assertThat(statements(get)).isEqualTo(1);
      assertThat(statements(get)).isZero();
    }
  }

  @Test
  void aChapterTakesOneStatementAndNoneOnceItIsCached() throws Exception {
    GetChapterRequest request =
        GetChapterRequest.newBuilder().setName(parsed() + "/chapters/2").build();
    Runnable get =
        () ->
            assertThat(library.catalog(owner).getChapter(request).getText())
                .isEqualTo(SampleResults.TWO);

    assertThat(statements(get)).isEqualTo(1);
    assertThat(statements(get)).isZero();
  }

  @Test
  void progressTakesOneStatementAndNoneOnceItIsCached() throws Exception {
    String book = parsed();
    step(book, 3);
    GetProgressRequest request =
        GetProgressRequest.newBuilder().setName(book + "/progress").build();
    Runnable get =
        () ->
            assertThat(library.reading(owner).getProgress(request).getPosition().getOffset())
                .isEqualTo(3);

    assertThat(statements(get)).isEqualTo(1);
    assertThat(statements(get)).isZero();
  }

  @Test
  void whatIsCachedShowsEveryChangeAtOnce() throws Exception {
    String book = parsed();
    GetBookRequest request = GetBookRequest.newBuilder().setName(book).build();
    library.catalog(owner).getBook(request);

    step(book, 5);
    assertThat(library.catalog(owner).getBook(request).getProgress().getPosition().getOffset())
        .isEqualTo(5);

    library
        .catalog(owner)
        .updateBook(
            UpdateBookRequest.newBuilder()
                .setBook(Book.newBuilder().setName(book).setTitle("Another"))
                .build());
    assertThat(library.catalog(owner).getBook(request).getTitle()).isEqualTo("Another");
  }

  private int statements(Runnable call) {
    database.statements().reset();
    call.run();
    return database.statements().statements().size();
  }

  private void step(String book, long offset) {
    library
        .reading(owner)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(book + "/progress")
                .setOffset(offset)
                .setDevice("phone")
                .build());
  }

  private String parsed() throws Exception {
    Book book = library.upload(owner, "text");
    UUID id = BookName.parse("name", book.getName()).id();
    for (String kind : new String[] {"inspect", "parse"}) {
      Job job = library.job(id, kind);
      library.apply(job, kind.equals("parse") ? SampleResults.parsed() : SampleResults.inspected());
    }
    return book.getName();
  }

  private void fill(int count) throws SQLException {
    Login login = database.superuser();
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          set search_path = scriptorium, public;
          create temp table filled on commit drop as
            select gen_random_uuid() as book_id, 'OWNER'::uuid as owner_id, n
            from generate_series(1, COUNT) as s (n);
          insert into book (book_id, owner_id, title, created_at, updated_at)
            select book_id, owner_id, 'Book ' || n, now(), now() from filled;
          insert into book_file (book_id, owner_id, sha256, size_bytes, file_name, media_type)
            select book_id, owner_id, encode(sha256((owner_id || n::text)::bytea), 'hex'), 1, 'a',
              'text/plain' from filled;
          insert into progress_head (owner_id, book_id, event_id, revision, book_offset, device,
              event_at, updated_at)
            select owner_id, book_id, 1, 1, 1, 'phone', now(), now() from filled;
          """
              .replace("OWNER", owner.toString())
              .replace("COUNT", Integer.toString(count)));
    }
  }
}
