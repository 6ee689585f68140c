package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private String name;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    Book book = library.upload(owner, "text");
    UUID id = BookName.parse("name", book.getName()).id();
    library.apply(library.job(id, "parse"), SampleResults.parsed());
    name = book.getName() + "/progress";
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aBookNeverOpenedStandsAtZero() {
    Progress progress = get();

    assertThat(progress.getName()).isEqualTo(name);
    assertThat(progress.getRevision()).isZero();
    assertThat(progress.getPosition().getOffset()).isZero();
  }

  @Test
  void aStepIsFoundInItsChapter() {
    UpdateProgressResponse response = update(step("phone", 30, 0));

    assertThat(response.getOutcome()).isEqualTo(Outcome.OUTCOME_APPLIED);
    assertThat(response.getProgress()).isEqualTo(get());
    assertThat(get().getRevision()).isEqualTo(1);
    assertThat(get().getDevice()).isEqualTo("phone");
    assertThat(get().getPosition().getChapter()).endsWith("/chapters/2");
    assertThat(get().getPosition().getChapterOffset()).isEqualTo(8);
    assertThat(get().getFraction()).isEqualTo(30 / 55.0);
  }

  @Test
  void theEndOfTheBookIsAPlaceAndWhatLiesBehindIsNone() {
    assertThat(update(step("phone", 55, 0)).getProgress().getFraction()).isEqualTo(1);
    assertThat(update(step("phone", 55, 1)).getProgress().getPosition().getChapterOffset())
        .isEqualTo(33);

    Refusal refusal = Refusal.of(() -> update(step("phone", 56, 2)));
    assertThat(refusal.metadata())
        .containsEntry("field", "offset")
        .containsEntry("allowed", "0 to 55");
  }

  @Test
  void aDeviceThatKnowsTheHeadMovesIt() {
    update(step("phone", 10, 0));

    UpdateProgressResponse back = update(step("tablet", 5, 1));

    assertThat(back.getOutcome()).isEqualTo(Outcome.OUTCOME_APPLIED);
    assertThat(back.getProgress().getPosition().getOffset()).isEqualTo(5);
    assertThat(back.getProgress().getRevision()).isEqualTo(2);
  }

  @Test
  void twoDevicesThatDisagreeAreAskedAndBothPlacesAreTold() {
    update(step("phone", 10, 0));

    UpdateProgressResponse response = update(step("tablet", 40, 0));

    assertThat(response.getOutcome()).isEqualTo(Outcome.OUTCOME_CONFLICT);
    assertThat(response.getProgress().getPosition().getOffset()).isEqualTo(10);
    assertThat(response.getOffered().getPosition().getOffset()).isEqualTo(40);
    assertThat(response.getOffered().getDevice()).isEqualTo("tablet");
    assertThat(response.getOffered().getRevision()).isZero();
    assertThat(get().getRevision()).isEqualTo(1);
  }

  @Test
  void eachPolicyDecidesAConflictItsWay() {
    Instant now = library.clock.instant();
    update(step("phone", 20, 0).setEventTime(WireTime.of(now.minusSeconds(60))));

    assertThat(contend(ConflictPolicy.CONFLICT_POLICY_NEWEST, 30, now.minusSeconds(90)))
        .isEqualTo(Outcome.OUTCOME_STALE);
    assertThat(contend(ConflictPolicy.CONFLICT_POLICY_NEWEST, 30, now.minusSeconds(60)))
        .isEqualTo(Outcome.OUTCOME_STALE);
    assertThat(contend(ConflictPolicy.CONFLICT_POLICY_FURTHEST, 20, now))
        .isEqualTo(Outcome.OUTCOME_STALE);
    assertThat(get().getPosition().getOffset()).isEqualTo(20);
    assertThat(contend(ConflictPolicy.CONFLICT_POLICY_FURTHEST, 21, now.minusSeconds(999)))
        .isEqualTo(Outcome.OUTCOME_APPLIED);
    assertThat(get().getPosition().getOffset()).isEqualTo(21);
  }

  @Test
  void forceWinsAgainstEverything() {
    update(step("phone", 20, 0));

    UpdateProgressResponse forced =
        update(step("tablet", 1, 0).setPolicy(ConflictPolicy.CONFLICT_POLICY_FORCE));

    assertThat(forced.getOutcome()).isEqualTo(Outcome.OUTCOME_APPLIED);
    assertThat(forced.getProgress().getRevision()).isEqualTo(2);
  }

  @Test
  void aDeviceAloneMayLagBehindItsOwnRevisions() {
    update(step("phone", 10, 0));

    UpdateProgressResponse pipelined = update(step("phone", 12, 0));

    assertThat(pipelined.getOutcome()).isEqualTo(Outcome.OUTCOME_APPLIED);
    assertThat(pipelined.getProgress().getRevision()).isEqualTo(2);
  }

  @Test
  void aLateReplayOfADevicesOwnStepDoesNotTakeItBack() {
    Instant now = library.clock.instant();
    update(step("phone", 40, 0).setEventTime(WireTime.of(now.minusSeconds(10))));

    UpdateProgressResponse late =
        update(step("phone", 5, 0).setEventTime(WireTime.of(now.minusSeconds(100))));

    assertThat(late.getOutcome()).isEqualTo(Outcome.OUTCOME_STALE);
    assertThat(get().getPosition().getOffset()).isEqualTo(40);
  }

  @Test
  void aClockThatRunsAheadIsSetBack() {
    Instant now = library.clock.instant();

    UpdateProgressResponse response =
        update(step("phone", 1, 0).setEventTime(WireTime.of(now.plus(Duration.ofDays(9)))));

    assertThat(response.getProgress().getEventTime()).isEqualTo(WireTime.of(now));
  }

  @Test
  void aRepeatedRequestChangesNothingAndGivesTheFirstResult() {
    UpdateProgressRequest.Builder step =
        step("phone", 10, 0).setRequestId(UUID.randomUUID().toString());
    UpdateProgressResponse first = update(step);
    update(step("phone", 20, 1));

    UpdateProgressResponse again = update(step);

    assertThat(again.getOutcome()).isEqualTo(Outcome.OUTCOME_DUPLICATE);
    assertThat(again.getProgress()).isEqualTo(first.getProgress());
    assertThat(get().getPosition().getOffset()).isEqualTo(20);
    assertThat(Refusal.of(() -> update(step.setOffset(11))).reason())
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void aRepeatedConflictIsToldAgain() {
    update(step("phone", 10, 0));
    UpdateProgressRequest.Builder step =
        step("tablet", 40, 0).setRequestId(UUID.randomUUID().toString());
    UpdateProgressResponse first = update(step);

    UpdateProgressResponse again = update(step);

    assertThat(again).isEqualTo(first.toBuilder().setOutcome(Outcome.OUTCOME_DUPLICATE).build());
  }

  @Test
  void aStepThatMakesNoSenseIsRefusedWithItsField() {
    assertField("offset", step("phone", -1, 0));
    assertField("base_revision", step("phone", 0, 1));
    assertField("base_revision", step("phone", 0, -1));
    assertField("device", step("", 0, 0));
    assertField("device", step("x".repeat(101), 0, 0));
    assertField("request_id", step("phone", 0, 0).setRequestId("1"));
    assertField("policy", step("phone", 0, 0).setPolicyValue(77));
    assertField("name", step("phone", 0, 0).setName("books/1/progress"));
    assertField(
        "event_time",
        step("phone", 0, 0).setEventTime(com.google.protobuf.Timestamp.newBuilder().setNanos(-5)));
  }

  @Test
  void stepsAtTheSameTimeAreTakenOneAfterTheOther() throws Exception {
    List<Future<UpdateProgressResponse>> calls = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        UpdateProgressRequest.Builder step =
            step("device " + i % 8, i % 50, 0).setPolicy(ConflictPolicy.CONFLICT_POLICY_FORCE);
        calls.add(threads.submit(() -> update(step)));
      }
    }

    List<Long> revisions = new ArrayList<>();
    for (Future<UpdateProgressResponse> call : calls) {
      revisions.add(call.get().getProgress().getRevision());
    }
    assertThat(revisions)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 64).boxed().toList());
  }

  @Test
  void aBookThatIsDeletedBetweenTwoStepsIsMissing() {
    update(step("phone", 30, 0));
    update(step("phone", 31, 1));
    library
        .catalog(owner)
        .deleteBook(DeleteBookRequest.newBuilder().setName(name.replace("/progress", "")).build());

    assertThat(Refusal.of(() -> update(step("phone", 32, 2))).reason()).isEqualTo("BOOK_NOT_FOUND");
  }

  @Test
  void aBookThatIsEditedBetweenTwoStepsIsReadOn() {
    update(step("phone", 30, 0));
    update(step("phone", 31, 1));
    Book edited = Book.newBuilder().setName(name.replace("/progress", "")).setTitle("New").build();
    library
        .catalog(owner)
        .updateBook(
            UpdateBookRequest.newBuilder()
                .setBook(edited)
                .setUpdateMask(FieldMask.newBuilder().addPaths("title"))
                .build());

    assertThat(update(step("phone", 32, 2)).getOutcome()).isEqualTo(Outcome.OUTCOME_APPLIED);
    assertThat(get().getPosition().getOffset()).isEqualTo(32);
  }

  private Outcome contend(ConflictPolicy policy, long offset, Instant eventAt) {
    return update(step("tablet", offset, 0).setPolicy(policy).setEventTime(WireTime.of(eventAt)))
        .getOutcome();
  }

  private void assertField(String field, UpdateProgressRequest.Builder step) {
    Refusal refusal = Refusal.of(() -> update(step));
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELD");
    assertThat(refusal.metadata()).containsEntry("field", field);
  }

  private UpdateProgressRequest.Builder step(String device, long offset, long base) {
    return UpdateProgressRequest.newBuilder()
        .setName(name)
        .setDevice(device)
        .setOffset(offset)
        .setBaseRevision(base);
  }

  private UpdateProgressResponse update(UpdateProgressRequest.Builder step) {
    return library.reading(owner).updateProgress(step.build());
  }

  private Progress get() {
    return library
        .reading(owner)
        .getProgress(GetProgressRequest.newBuilder().setName(name).build());
  }
}
