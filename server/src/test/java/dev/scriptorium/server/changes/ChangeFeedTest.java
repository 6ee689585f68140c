package dev.scriptorium.server.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Change;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.DeleteAnnotationRequest;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.ListChangesRequest;
import dev.scriptorium.v1.ListChangesResponse;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.WatchChangesRequest;
import dev.scriptorium.v1.WatchChangesResponse;
import io.grpc.Context;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ChangeFeedTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private String book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book = book("text");
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  private String book(String text) throws Exception {
    Book made = library.upload(owner, text);
    UUID id = BookName.parse("name", made.getName()).id();
    library.apply(library.job(id, "parse"), SampleResults.parsed());
    return made.getName();
  }

  @Test
  void whoeverBeginsGetsAllThereIsAndThenWhatChanges() throws Exception {
    read(1);
    String mark = mark().getName();
    List<Change> all = new ArrayList<>();

    String token = everything(all, 1);

    assertThat(all).extracting(Change::getName).startsWith(book, book + "/progress", mark);
    assertThat(all).noneMatch(Change::getRemoved);
    read(2);
    ListChangesResponse next = list(token);
    assertThat(next.getChangesList())
        .extracting(Change::getName, Change::getKind, Change::getRevision)
        .containsExactly(tuple(book + "/progress", "PROGRESS", 2L));
    assertThat(list(next.getResumeToken()).getChangesList()).isEmpty();
  }

  @Test
  void whatIsDeletedIsToldAsRemoved() {
    String mark = mark().getName();
    String token = everything(new ArrayList<>(), 100);

    library
        .reading(owner)
        .deleteAnnotation(
            DeleteAnnotationRequest.newBuilder().setName(mark).setDevice("phone").build());
    library.catalog(owner).deleteBook(DeleteBookRequest.newBuilder().setName(book).build());

    assertThat(list(token).getChangesList())
        .extracting(Change::getName, Change::getRemoved)
        .containsExactly(tuple(mark, true), tuple(book, true));
    List<Change> all = new ArrayList<>();
    String _ = everything(all, 100);
    assertThat(all).extracting(Change::getName).doesNotContain(mark, book);
  }

  @Test
  void aCommitThatComesLateIsNotMissed() throws Exception {
    String second = book("second");
    String token = everything(new ArrayList<>(), 100);
    try (Connection slow = superuser();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(
          "update scriptorium.book set title = 'late' where book_id = '%s'"
              .formatted(book.substring(6)));

      // It commits first, although it began later.
      read(second, 1);
      ListChangesResponse held = list(token);
      assertThat(held.getChangesList()).isEmpty();
      slow.commit();

      assertThat(list(held.getResumeToken()).getChangesList())
          .extracting(Change::getName)
          .containsExactly(book, second + "/progress");
    }
  }

  @Test
  void whatIsRolledBackIsNotTold() throws Exception {
    String token = everything(new ArrayList<>(), 100);
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("update scriptorium.book set title = 'x'");
      connection.rollback();
    }

    assertThat(list(token).getChangesList()).isEmpty();
  }

  @Test
  void aWatcherIsToldWithoutAsking() {
    Context.CancellableContext call = Context.current().withCancellation();
    call.run(
        () -> {
          Iterator<WatchChangesResponse> frames = watch("");
          assertThat(frames.next().getChangesList()).isEmpty();
          read(1);
          assertThat(frames.next().getChangesList())
              .extracting(Change::getName)
              .containsExactly(book + "/progress");
        });
    call.cancel(null);
  }

  /** The heart of it: cut a hundred times, in the middle of whatever is being committed. */
  @Test
  void aWatcherThatIsCutAHundredTimesSeesEveryChangeOnce() throws Exception {
    List<String> books = List.of(book, book("two"), book("three"));
    String begin = everything(new ArrayList<>(), 100);
    List<String> seen = new ArrayList<>();
    AtomicInteger written = new AtomicInteger();
    AtomicInteger cuts = new AtomicInteger();
    String token;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        int number = writer;
        writers.add(threads.submit(() -> write(books, number, written, cuts)));
      }
      token = begin;
      Random random = new Random(3);
      while (cuts.get() < 100) {
        token = watchSome(token, random, seen);
        cuts.incrementAndGet();
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    ListChangesResponse rest = list(token);
    while (true) {
      rest.getChangesList().forEach(change -> seen.add(key(change)));
      if (!rest.getMore()) {
        break;
      }
      rest = list(rest.getResumeToken());
    }

    // Steps that were committed together are one change of their book.
    assertThat(seen).hasSizeGreaterThan(200).hasSizeLessThanOrEqualTo(written.get());
    assertThat(seen).isEqualTo(logged(begin));
    for (String name : books) {
      assertThat(seen).contains(name + "/progress " + revision(name));
    }
  }

  /** Reads a few frames and breaks off; what was on its way is lost. */
  private String watchSome(String token, Random random, List<String> seen) {
    Context.CancellableContext call = Context.current().withCancellation();
    String[] last = {token};
    call.run(
        () -> {
          Iterator<WatchChangesResponse> frames = watch(token);
          for (int i = random.nextInt(4) / 3; i >= 0; i--) {
            WatchChangesResponse frame = frames.next();
            frame.getChangesList().forEach(change -> seen.add(key(change)));
            last[0] = frame.getResumeToken();
          }
        });
    call.cancel(null);
    return last[0];
  }

  /** Steps, marks and slow transactions, until the watcher has been cut often enough. */
  private Void write(List<String> books, int number, AtomicInteger written, AtomicInteger cuts)
      throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      Random random = new Random(number);
      while (cuts.get() < 100) {
        String name = books.get(random.nextInt(books.size()));
        if (number > 0) {
          read(name, "device " + number);
          written.incrementAndGet();
          continue;
        }
        statement.execute(
            "update scriptorium.book set revision = revision + 1 where book_id = '%s'"
                .formatted(name.substring(6)));
        statement.execute("select pg_sleep(0.02)");
        if (random.nextInt(4) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          written.incrementAndGet();
        }
      }
    }
    return null;
  }

  @Test
  void whoComesBackTooLateHasToStartOver() throws Exception {
    String old = everything(new ArrayList<>(), 100);
    String unread = list(old).getResumeToken();
    read(1);
    library.clock.advance(Duration.ofDays(400));
    ChangeUpkeep upkeep = new ChangeUpkeep(database.scheduler(), library.clock);

    assertThat(upkeep.forgetOld()).isPositive();

    assertThat(Refusal.of(() -> list(unread)).reason()).isEqualTo("CHANGES_COMPACTED");
    assertThat(Refusal.of(() -> watch(unread).next()).reason()).isEqualTo("CHANGES_COMPACTED");
    List<Change> again = new ArrayList<>();
    String token = everything(again, 100);
    assertThat(again).extracting(Change::getName).contains(book, book + "/progress");
    assertThat(list(token).getChangesList()).isEmpty();
  }

  @Test
  void aDatabaseThatWasCopiedIntoAnotherClusterBeginsAnew() throws Exception {
    ChangeUpkeep upkeep = new ChangeUpkeep(database.scheduler(), library.clock);
    upkeep.begin();
    String token = everything(new ArrayList<>(), 100);
    upkeep.begin();
    assertThat(list(token).getChangesList()).isEmpty();
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("update scriptorium.change_floor set cluster = 7");
    }

    upkeep.begin();

    assertThat(Refusal.of(() -> list(token)).reason()).isEqualTo("CHANGES_COMPACTED");
  }

  @Test
  void aStrangerSeesNothingAndCannotUseTheToken() {
    read(1);
    String token = everything(new ArrayList<>(), 100);
    UUID stranger = database.createAccount();

    ListChangesResponse theirs =
        library.changes(stranger).listChanges(ListChangesRequest.getDefaultInstance());

    assertThat(theirs.getChangesList()).isEmpty();
    assertThat(
            Refusal.of(
                    () ->
                        library
                            .changes(stranger)
                            .listChanges(
                                ListChangesRequest.newBuilder().setResumeToken(token).build()))
                .reason())
        .isEqualTo("PAGE_TOKEN_INVALID");
  }

  private void read(long offset) {
    read(book, offset);
  }

  private void read(String name, long offset) {
    var _ =
        library
            .reading(owner)
            .updateProgress(
                UpdateProgressRequest.newBuilder()
                    .setName(name + "/progress")
                    .setOffset(offset)
                    .setDevice("phone")
                    .build());
  }

  private void read(String name, String device) {
    var _ =
        library
            .reading(owner)
            .updateProgress(
                UpdateProgressRequest.newBuilder()
                    .setName(name + "/progress")
                    .setOffset(3)
                    .setDevice(device)
                    .setPolicy(ConflictPolicy.CONFLICT_POLICY_FORCE)
                    .build());
  }

  private Annotation mark() {
    return library
        .reading(owner)
        .createAnnotation(
            CreateAnnotationRequest.newBuilder()
                .setParent(book)
                .setAnnotation(
                    Annotation.newBuilder()
                        .setType(Annotation.Type.TYPE_BOOKMARK)
                        .setDevice("phone"))
                .build());
  }

  /** Lists from the beginning to the end. */
  private String everything(List<Change> into, int pageSize) {
    ListChangesRequest.Builder request = ListChangesRequest.newBuilder().setPageSize(pageSize);
    ListChangesResponse page;
    do {
      page = library.changes(owner).listChanges(request.build());
      into.addAll(page.getChangesList());
      request.setResumeToken(page.getResumeToken());
    } while (page.getMore());
    return page.getResumeToken();
  }

  private ListChangesResponse list(String token) {
    return library
        .changes(owner)
        .listChanges(
            ListChangesRequest.newBuilder().setPageSize(1000).setResumeToken(token).build());
  }

  private Iterator<WatchChangesResponse> watch(String token) {
    return library
        .changes(owner)
        .watchChanges(WatchChangesRequest.newBuilder().setResumeToken(token).build());
  }

  private long revision(String name) {
    return library
        .reading(owner)
        .getProgress(GetProgressRequest.newBuilder().setName(name + "/progress").build())
        .getRevision();
  }

  private static String key(Change change) {
    return change.getName() + " " + change.getRevision();
  }

  /** What the log has after a token, read past the feed. */
  private List<String> logged(String token) {
    Place.Log from = (Place.Log) Place.decode(owner, token).place();
    return database
        .scheduler()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select name || ' ' || revision from change
                        where owner_id = :owner and tx >= cast(:tx as xid8)
                        order by tx, name
                        """)
                    .bind("owner", owner)
                    .bind("tx", Long.toString(from.tx()))
                    .mapTo(String.class)
                    .list());
  }

  private static Connection superuser() throws SQLException {
    Login login = database.superuser();
    return DriverManager.getConnection(login.url(), login.user(), login.password());
  }
}
