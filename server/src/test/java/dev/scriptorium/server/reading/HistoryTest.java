package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.BatchUpdateProgressRequest;
import dev.scriptorium.v1.BatchUpdateProgressResponse.Result;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.ListProgressRequest;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ProgressStep;
import dev.scriptorium.v1.RestoreProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The log and its lists, offline batches, and what they cost. */
class HistoryTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private String name;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    name = book(owner, "text") + "/progress";
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  private String book(UUID who, String text) throws Exception {
    Book book = library.upload(who, text);
    UUID id = BookName.parse("name", book.getName()).id();
    library.apply(library.job(id, "parse"), SampleResults.parsed());
    return book.getName();
  }

  @Test
  void aReaderGoesBackToAnEarlierPlaceAndForwardsAgain() {
    update(step(10, 0));
    update(step(40, 1));
    ProgressStep first = history().getLast();
    RestoreProgressRequest request = restore(first.getName());

    UpdateProgressResponse restored = library.reading(owner).restoreProgress(request);

    assertThat(restored.getOutcome()).isEqualTo(Outcome.OUTCOME_APPLIED);
    assertThat(restored.getProgress().getRevision()).isEqualTo(3);
    assertThat(get().getPosition().getOffset()).isEqualTo(10);
    assertThat(library.reading(owner).restoreProgress(request).getOutcome())
        .isEqualTo(Outcome.OUTCOME_DUPLICATE);
    assertThat(history())
        .extracting(step -> step.getProgress().getPosition().getOffset())
        .containsExactly(10L, 40L, 10L);
  }

  @Test
  void aStepOfAnotherBookOrOfNobodyIsNotRestored() throws Exception {
    update(step(10, 0));
    String other = book(owner, "other");
    String none = name + "/steps/999999";

    assertThat(Refusal.of(() -> library.reading(owner).restoreProgress(restore(none))).reason())
        .isEqualTo("STEP_NOT_FOUND");
    RestoreProgressRequest mixed =
        restore(history().getFirst().getName()).toBuilder().setName(other + "/progress").build();
    assertThat(Refusal.of(() -> library.reading(owner).restoreProgress(mixed)).metadata())
        .containsEntry("field", "step");
  }

  @Test
  void theStepsOfABatchStandOrFallAlone() {
    String missing = "books/00000000-0000-7000-8000-000000000000/progress";
    var batch =
        BatchUpdateProgressRequest.newBuilder()
            .addRequests(step(10, 0))
            .addRequests(step(99, 1))
            .addRequests(step(5, 0).setName(missing))
            .addRequests(step(20, 1))
            .build();

    List<Result> results = library.reading(owner).batchUpdateProgress(batch).getResultsList();

    assertThat(results)
        .extracting(result -> result.getResponse().getOutcome())
        .containsExactly(
            Outcome.OUTCOME_APPLIED,
            Outcome.OUTCOME_UNSPECIFIED,
            Outcome.OUTCOME_UNSPECIFIED,
            Outcome.OUTCOME_APPLIED);
    assertThat(results.get(1).getErrorReason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(results.get(2).getErrorReason()).isEqualTo(ErrorReason.ERROR_REASON_BOOK_NOT_FOUND);
    assertThat(get().getPosition().getOffset()).isEqualTo(20);
    assertThat(
            Refusal.of(
                    () ->
                        library
                            .reading(owner)
                            .batchUpdateProgress(BatchUpdateProgressRequest.getDefaultInstance()))
                .metadata())
        .containsEntry("field", "requests");
  }

  @Test
  void aTextThatTheDatabaseCannotKeepIsRefusedBeforeItMeetsOthers() {
    Refusal refusal = Refusal.of(() -> update(step(1, 0).setDevice("a\0b")));

    assertThat(refusal.metadata()).containsEntry("field", "device");
  }

  @Test
  void aRefusedFirstStepLeavesTheBookUnopened() {
    assertThat(Refusal.of(() -> update(step(99, 0))).reason()).isEqualTo("INVALID_FIELD");

    assertThat(library.reading(owner).listProgress(ListProgressRequest.getDefaultInstance()))
        .isEqualTo(dev.scriptorium.v1.ListProgressResponse.getDefaultInstance());
  }

  @Test
  void headsOfAllBooksAreListedPageByPage() throws Exception {
    update(step(10, 0));
    String newer = book(owner, "newer") + "/progress";
    update(step(20, 0).setName(newer));
    UUID other = database.createAccount();
    update(step(7, 0).setName(book(other, "foreign") + "/progress"), other);
    var request = ListProgressRequest.newBuilder().setPageSize(1);

    var first = library.reading(owner).listProgress(request.build());
    var second =
        library.reading(owner).listProgress(request.setPageToken(first.getNextPageToken()).build());

    assertThat(first.getProgressList()).extracting(Progress::getName).containsExactly(newer);
    assertThat(second.getProgressList()).extracting(Progress::getName).containsExactly(name);
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void aBookThatWasFinishedStaysSo() {
    update(step(53, 0));
    assertThat(get().hasFinishTime()).isFalse();
    update(step(54, 1));
    var finished = get().getFinishTime();

    library.clock.advance(java.time.Duration.ofDays(1));
    update(step(2, 2));

    assertThat(get().getFinishTime()).isEqualTo(finished);
    assertThat(get().hasFinishTime()).isTrue();
  }

  @Test
  void aStepTakesOneTransactionAndAReadOneStatement() {
    update(step(1, 0));
    database.statements().reset();

    update(step(2, 1));

    assertThat(database.statements().transactions()).isEqualTo(1);
    assertThat(database.statements().statements()).hasSizeLessThanOrEqualTo(5);
    database.statements().reset();
    get();
    assertThat(database.statements().statements()).hasSize(1);
  }

  @Test
  void stepsOfManyReadersShareTransactions() throws Exception {
    List<UUID> readers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      readers.add(database.createAccount());
      names.add(book(readers.get(i), "book " + i) + "/progress");
    }
    database.statements().reset();
    List<Future<UpdateProgressResponse>> calls = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 400; i++) {
        int reader = i % 8;
        var step =
            step(i % 50, 0)
                .setName(names.get(reader))
                .setPolicy(UpdateProgressRequest.ConflictPolicy.CONFLICT_POLICY_FORCE);
        calls.add(threads.submit(() -> update(step, readers.get(reader))));
      }
    }

    for (Future<UpdateProgressResponse> call : calls) {
      assertThat(call.get().getOutcome()).isEqualTo(Outcome.OUTCOME_APPLIED);
    }
    assertThat(database.statements().transactions()).isLessThan(200);
  }

  @Test
  void whatGoesWithABookGoesWithIt() throws Exception {
    update(step(10, 0));
    UUID id = BookName.parseProgress("name", name).id();

    database.scheduler().inTransaction(h -> h.execute("delete from book where book_id = ?", id));

    for (String table : List.of("progress_event", "progress_device_head", "progress_head")) {
      long left =
          database
              .scheduler()
              .inTransaction(
                  h ->
                      h.createQuery("select count(*) from " + table + " where book_id = :book")
                          .bind("book", id)
                          .mapTo(Long.class)
                          .one());
      assertThat(left).as(table).isZero();
    }
  }

  private List<ProgressStep> history() {
    return library
        .reading(owner)
        .listProgressHistory(ListProgressHistoryRequest.newBuilder().setParent(name).build())
        .getStepsList();
  }

  private RestoreProgressRequest restore(String step) {
    return RestoreProgressRequest.newBuilder()
        .setName(name)
        .setStep(step)
        .setDevice("phone")
        .setRequestId("01939e5a-7c00-7000-8000-0000000000d1")
        .build();
  }

  private UpdateProgressRequest.Builder step(long offset, long base) {
    return UpdateProgressRequest.newBuilder()
        .setName(name)
        .setDevice("phone")
        .setOffset(offset)
        .setBaseRevision(base);
  }

  private UpdateProgressResponse update(UpdateProgressRequest.Builder step) {
    return update(step, owner);
  }

  private UpdateProgressResponse update(UpdateProgressRequest.Builder step, UUID who) {
    return library.reading(who).updateProgress(step.build());
  }

  private Progress get() {
    return library
        .reading(owner)
        .getProgress(GetProgressRequest.newBuilder().setName(name).build());
  }
}
