package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.BatchUpdateProgressRequest;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.ExportAnnotationsRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.GetReadingStatsRequest;
import dev.scriptorium.v1.ListAnnotationsRequest;
import dev.scriptorium.v1.ListDeviceProgressRequest;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.ListProgressRequest;
import dev.scriptorium.v1.ListSessionsRequest;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ProgressStep;
import dev.scriptorium.v1.ReadingSession;
import dev.scriptorium.v1.RecordSessionsRequest;
import dev.scriptorium.v1.RestoreProgressRequest;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.ShareCollectionRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A book, its owner, somebody with whom it is shared, and a stranger. */
class SharedReadingTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private UUID reader;
  private UUID stranger;
  private UUID id;
  private String book;

  enum By {
    ITSELF,
    COLLECTION
  }

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    reader = database.createAccount();
    stranger = database.createAccount();
    book = library.upload(owner, "text").getName();
    id = BookName.parse("name", book).id();
    library.apply(library.job(id, "parse"), SampleResults.parsed());
    library.indexTexts();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @ParameterizedTest
  @EnumSource
  void everyReaderHasAPlaceOfTheirOwn(By by) {
    share(by);

    step(owner, 30);
    UpdateProgressResponse moved = step(reader, 5);
    step(reader, 9);

    assertThat(moved.getProgress().getPosition().getOffset()).isEqualTo(5);
    assertThat(moved.getProgress().getPosition().getChapter()).isEqualTo(book + "/chapters/1");
    assertThat(place(owner)).isEqualTo(30);
    assertThat(place(reader)).isEqualTo(9);
    assertThat(history(owner)).containsExactly(30L);
    assertThat(history(reader)).containsExactly(9L, 5L);
    assertThat(heads(owner)).containsExactly(30L);
    assertThat(heads(reader)).containsExactly(9L);
    assertThat(devices(reader)).containsExactly(9L);
    assertThat(refusal(() -> step(stranger, 1))).isEqualTo("BOOK_NOT_FOUND");
    assertThat(refusal(() -> place(stranger))).isEqualTo("BOOK_NOT_FOUND");
    assertThat(refusal(() -> history(stranger))).isEqualTo("BOOK_NOT_FOUND");
  }

  @ParameterizedTest
  @EnumSource
  void aReaderRestoresAStepOfTheirOwnAlone(By by) {
    share(by);
    step(owner, 30);
    step(reader, 5);
    step(reader, 9);
    List<ProgressStep> mine = steps(reader);

    restore(reader, mine.getLast().getName());

    assertThat(place(reader)).isEqualTo(5);
    assertThat(place(owner)).isEqualTo(30);
    String foreign = steps(owner).getFirst().getName();
    assertThat(refusal(() -> restore(reader, foreign))).isEqualTo("STEP_NOT_FOUND");
  }

  @Test
  void stepsOfManyReadersAreTakenTogetherAndEachSeesTheirOwnBooksAlone() {
    share(By.ITSELF);
    String foreign = library.upload(stranger, "other").getName();
    var batch =
        BatchUpdateProgressRequest.newBuilder()
            .addRequests(update(book, 7))
            .addRequests(update(foreign, 0))
            .build();

    var results = library.reading(reader).batchUpdateProgress(batch).getResultsList();

    assertThat(results.get(0).getResponse().getProgress().getPosition().getOffset()).isEqualTo(7);
    assertThat(results.get(1).getErrorReason().name()).endsWith("BOOK_NOT_FOUND");
  }

  @ParameterizedTest
  @EnumSource
  void everyReaderHasNotesOfTheirOwn(By by) {
    share(by);

    Annotation ofOwner = mark(owner, "the owner's");
    Annotation ofReader = mark(reader, "the reader's");

    assertThat(ofReader.getQuote().getExact()).isEqualTo("Once");
    assertThat(notes(owner, book)).containsExactly("the owner's");
    assertThat(notes(reader, book)).containsExactly("the reader's");
    assertThat(notes(reader, "books/-")).containsExactly("the reader's");
    assertThat(export(reader)).contains("the reader's").doesNotContain("the owner's");
    assertThat(refusal(() -> mark(stranger, "x"))).isEqualTo("BOOK_NOT_FOUND");
    assertThat(refusal(() -> notes(stranger, book))).isEqualTo("BOOK_NOT_FOUND");
    for (String name : List.of(ofOwner.getName(), ofReader.getName())) {
      UUID other = name.equals(ofOwner.getName()) ? reader : owner;
      assertThat(
              refusal(
                  () ->
                      library
                          .reading(other)
                          .getAnnotation(
                              dev.scriptorium.v1.GetAnnotationRequest.newBuilder()
                                  .setName(name)
                                  .build())))
          .isEqualTo("ANNOTATION_NOT_FOUND");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyReaderHasSessionsOfTheirOwn(By by) {
    share(by);

    record(owner, 600);
    record(reader, 60);

    assertThat(seconds(owner, book)).isEqualTo(600);
    assertThat(seconds(reader, book)).isEqualTo(60);
    assertThat(sessions(owner)).isEqualTo(1);
    assertThat(sessions(reader)).isEqualTo(1);
    assertThat(refusal(() -> record(stranger, 60))).isEqualTo("BOOK_NOT_FOUND");
    assertThat(refusal(() -> seconds(stranger, book))).isEqualTo("BOOK_NOT_FOUND");
  }

  @ParameterizedTest
  @EnumSource
  void aReaderSearchesInsideTheBook(By by) {
    share(by);

    assertThat(hits(owner)).isPositive();
    assertThat(hits(reader)).isEqualTo(hits(owner));
    assertThat(refusal(() -> hits(stranger))).isEqualTo("BOOK_NOT_FOUND");
  }

  @ParameterizedTest
  @EnumSource
  void whatAReaderDidIsOutOfReachWhileTheBookIsNotSharedAndThereAgainLater(By by) {
    share(by);
    step(reader, 9);
    mark(reader, "kept");

    unshare();

    List<Function<UUID, Object>> calls =
        List.of(
            who -> step(who, 1),
            this::place,
            this::history,
            this::devices,
            who -> notes(who, book),
            who -> mark(who, "x"),
            who -> seconds(who, book),
            this::hits);
    for (Function<UUID, Object> call : calls) {
      assertThat(refusal(() -> call.apply(reader))).isEqualTo("BOOK_NOT_FOUND");
    }
    assertThat(heads(reader)).isEmpty();
    assertThat(notes(reader, "books/-")).isEmpty();
    share(by);
    assertThat(place(reader)).isEqualTo(9);
    assertThat(notes(reader, book)).containsExactly("kept");
  }

  private void share(By by) {
    if (by == By.ITSELF) {
      database
          .scheduler()
          .inTransaction(
              handle ->
                  handle.execute(
                      "insert into share (book_id, owner_id, reader_id, created_at)"
                          + " values (?, ?, ?, now())",
                      id,
                      owner,
                      reader));
      return;
    }
    var stub = library.collections(owner);
    String collection =
        stub.createCollection(
                CreateCollectionRequest.newBuilder()
                    .setCollection(Collection.newBuilder().setTitle("Shared"))
                    .build())
            .getName();
    stub.addBooks(AddBooksRequest.newBuilder().setName(collection).addBooks(book).build());
    stub.shareCollection(
        ShareCollectionRequest.newBuilder()
            .setName(collection)
            .setReader("users/" + reader)
            .build());
  }

  private void unshare() {
    database
        .scheduler()
        .inTransaction(
            handle -> {
              handle.execute("delete from share where reader_id = ?", reader);
              return handle.execute("delete from collection_share where reader_id = ?", reader);
            });
    library.cached.changed(List.of(id));
  }

  private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return Refusal.of(call).reason();
  }

  private static UpdateProgressRequest update(String book, long offset) {
    return UpdateProgressRequest.newBuilder()
        .setName(book + "/progress")
        .setOffset(offset)
        .setDevice("phone")
        .build();
  }

  private UpdateProgressResponse step(UUID who, long offset) {
    library.clock.advance(Duration.ofSeconds(1));
    return library.reading(who).updateProgress(update(book, offset));
  }

  private Object restore(UUID who, String step) {
    library.clock.advance(Duration.ofSeconds(1));
    return library
        .reading(who)
        .restoreProgress(
            RestoreProgressRequest.newBuilder()
                .setName(book + "/progress")
                .setStep(step)
                .setDevice("phone")
                .build());
  }

  private long place(UUID who) {
    return library
        .reading(who)
        .getProgress(GetProgressRequest.newBuilder().setName(book + "/progress").build())
        .getPosition()
        .getOffset();
  }

  private List<ProgressStep> steps(UUID who) {
    return library
        .reading(who)
        .listProgressHistory(
            ListProgressHistoryRequest.newBuilder().setParent(book + "/progress").build())
        .getStepsList();
  }

  private List<Long> history(UUID who) {
    return offsets(steps(who).stream().map(ProgressStep::getProgress).toList());
  }

  private List<Long> heads(UUID who) {
    return offsets(
        library
            .reading(who)
            .listProgress(ListProgressRequest.getDefaultInstance())
            .getProgressList());
  }

  private List<Long> devices(UUID who) {
    return offsets(
        library
            .reading(who)
            .listDeviceProgress(
                ListDeviceProgressRequest.newBuilder().setName(book + "/progress").build())
            .getHeadsList());
  }

  private static List<Long> offsets(List<Progress> places) {
    return places.stream().map(place -> place.getPosition().getOffset()).toList();
  }

  private Annotation mark(UUID who, String note) {
    return library
        .reading(who)
        .createAnnotation(
            CreateAnnotationRequest.newBuilder()
                .setParent(book)
                .setAnnotation(
                    Annotation.newBuilder()
                        .setType(Annotation.Type.TYPE_HIGHLIGHT)
                        .setStart(0)
                        .setEnd(4)
                        .setNote(note)
                        .setDevice("phone"))
                .build());
  }

  private List<String> notes(UUID who, String parent) {
    return library
        .reading(who)
        .listAnnotations(ListAnnotationsRequest.newBuilder().setParent(parent).build())
        .getAnnotationsList()
        .stream()
        .map(Annotation::getNote)
        .toList();
  }

  private String export(UUID who) {
    StringBuilder file = new StringBuilder();
    library
        .reading(who)
        .exportAnnotations(ExportAnnotationsRequest.newBuilder().setParent(book).build())
        .forEachRemaining(part -> file.append(part));
    return file.toString().replace("\\'", "'");
  }

  private Object record(UUID who, int seconds) {
    var end = library.clock.instant();
    return library
        .reading(who)
        .recordSessions(
            RecordSessionsRequest.newBuilder()
                .addSessions(
                    ReadingSession.newBuilder()
                        .setName("sessions/" + UUID.randomUUID())
                        .setBook(book)
                        .setDevice("phone")
                        .setStartTime(WireTime.of(end.minusSeconds(seconds)))
                        .setEndTime(WireTime.of(end))
                        .setStart(0)
                        .setEnd(9))
                .build());
  }

  private long seconds(UUID who, String of) {
    return library
        .reading(who)
        .getReadingStats(GetReadingStatsRequest.newBuilder().setBook(of).build())
        .getDuration()
        .getSeconds();
  }

  private int sessions(UUID who) {
    return library
        .reading(who)
        .listSessions(ListSessionsRequest.getDefaultInstance())
        .getSessionsCount();
  }

  private int hits(UUID who) {
    return library
        .catalog(who)
        .searchText(SearchTextRequest.newBuilder().setParent(book).setQuery("mill").build())
        .getHitsCount();
  }
}
