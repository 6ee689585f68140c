package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.Await;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.v1.UpdateProgressRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is read before anybody asks. */
class WarmingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int BOOK_AND_CHAPTER = 2;

  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private Warming warming;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    forgetSteps();
    warming = new Warming(database.databases().scheduler(), library.watch);
  }

  @AfterEach
  void close() throws Exception {
    warming.close();
    library.stop();
  }

  @Test
  void whoeverComesBackAfterAStartFindsTheBookAndTheChapterWarm() throws Exception {
    Job parse = parsed();
    String book = new BookName(parse.book()).toString();
    library
        .reading(owner)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(book + "/progress")
                .setDevice("phone")
                .setOffset(SampleResults.ONE.codePointCount(0, SampleResults.ONE.length()) + 3)
                .build());
    int before = library.cache.loads();

    start();

    awaitLoads(before + BOOK_AND_CHAPTER);
    library.catalog(owner).getBook(GetBookRequest.newBuilder().setName(book).build());
    assertThat(chapter(book, 2)).isEqualTo(SampleResults.TWO);
    assertThat(library.cache.loads()).isEqualTo(before + BOOK_AND_CHAPTER);
  }

  @Test
  void aBookThatWasJustImportedIsWarmWhenItsLastJobEnds() throws Exception {
    Job parse = parsed();
    String book = new BookName(parse.book()).toString();
    start();
    Job other = library.job(parse.book(), "inspect");
    library.watch.changed(other, State.STATE_RUNNING, 10, "");
    int before = library.cache.loads();

    warming.changed(parse, State.STATE_SUCCEEDED, 100, "");
    library.watch.changed(other, State.STATE_SUCCEEDED, 100, "");
    warming.changed(other, State.STATE_SUCCEEDED, 100, "");

    awaitLoads(before + BOOK_AND_CHAPTER);
    assertThat(chapter(book, 1)).isEqualTo(SampleResults.ONE);
    assertThat(library.cache.loads()).isEqualTo(before + BOOK_AND_CHAPTER);
  }

  @Test
  void aBookWithoutTextHoldsNothingUp() throws Exception {
    UUID unread = BookName.parse("name", library.upload(owner, "other text").getName()).id();
    Job parse = parsed();
    start();
    int before = library.cache.loads();

    warming.changed(library.job(unread, "inspect"), State.STATE_SUCCEEDED, 100, "");
    warming.changed(parse, State.STATE_SUCCEEDED, 100, "");

    // The loader of the chapter that is not there is asked too, in vain.
    awaitLoads(before + 2 * BOOK_AND_CHAPTER);
    assertThat(chapter(new BookName(parse.book()).toString(), 1)).isEqualTo(SampleResults.ONE);
    assertThat(library.cache.loads()).isEqualTo(before + 2 * BOOK_AND_CHAPTER);
  }

  // Of other tests, which have had other folders.
  private static void forgetSteps() throws SQLException {
    Login login = database.superuser();
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      statement.execute("truncate scriptorium.progress_event");
    }
  }

  private void start() {
    warming.start(
        new Catalog(
            database.databases().api(), library.jobs, library.watch, library.cached, library.clock),
        new Chapters(database.databases().api(), library.blobs, library.cache, library.cached));
  }

  private Job parsed() throws Exception {
    UUID book = BookName.parse("name", library.upload(owner, "text").getName()).id();
    Job parse = library.job(book, "parse");
    library.apply(parse, SampleResults.parsed());
    return parse;
  }

  private String chapter(String book, int ordinal) {
    return library
        .catalog(owner)
        .getChapter(GetChapterRequest.newBuilder().setName(book + "/chapters/" + ordinal).build())
        .getText();
  }

  private void awaitLoads(int count) throws Exception {
    Await.until("warm", LIMIT, () -> library.cache.loads() >= count);
  }
}
