package dev.scriptorium.client;

import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.DeleteAnnotationRequest;
import dev.scriptorium.v1.ExportAnnotationsRequest;
import dev.scriptorium.v1.GetReadingGoalRequest;
import dev.scriptorium.v1.GetReadingStatsRequest;
import dev.scriptorium.v1.ListAnnotationsRequest;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.ProgressStep;
import dev.scriptorium.v1.ReadingGoal;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.ReadingSession;
import dev.scriptorium.v1.ReadingStats;
import dev.scriptorium.v1.RecordSessionsRequest;
import dev.scriptorium.v1.RecordSessionsResponse;
import dev.scriptorium.v1.RestoreProgressRequest;
import dev.scriptorium.v1.UpdateAnnotationRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateReadingGoalRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a reader does with books. What is said of calls at {@link ScriptoriumClient} holds here too.
 * Thread-safe; lives as long as the client it comes from.
 */
public final class ReadingClient {
  private static final int PAGE_SIZE = 200;
  private static final String GOAL = "readingGoal";

  private final Calls calls;
  private final Duration callTimeout;
  private final ReadingGrpc.ReadingBlockingStub stub;

  ReadingClient(Calls calls, Duration callTimeout, ReadingGrpc.ReadingBlockingStub stub) {
    this.calls = calls;
    this.callTimeout = callTimeout;
    this.stub = stub;
  }

  /** Every step ever made in a book, newest first. */
  public Stream<ProgressStep> history(String book) {
    var request =
        ListProgressHistoryRequest.newBuilder()
            .setParent(book + "/progress")
            .setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListProgressHistoryRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listProgressHistory(page));
          return new Page<>(answer.getStepsList(), answer.getNextPageToken());
        });
  }

  /** Goes back to a step of the history, by a new one. */
  public UpdateProgressResponse restore(String book, String step, String device) {
    RestoreProgressRequest request =
        RestoreProgressRequest.newBuilder()
            .setName(book + "/progress")
            .setStep(step)
            .setDevice(device)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    return calls.repeatable(() -> timed().restoreProgress(request));
  }

  /**
   * Annotations in reading order.
   *
   * @param parent {@code books/{book}}, or {@code books/-} for all books
   */
  public Stream<Annotation> annotations(String parent) {
    var request = ListAnnotationsRequest.newBuilder().setParent(parent).setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListAnnotationsRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listAnnotations(page));
          return new Page<>(answer.getAnnotationsList(), answer.getNextPageToken());
        });
  }

  /** Marks a place; a request without an id gets one, so that it can be repeated. */
  public Annotation create(CreateAnnotationRequest request) {
    CreateAnnotationRequest named =
        request.getAnnotationId().isEmpty()
            ? request.toBuilder().setAnnotationId(UUID.randomUUID().toString()).build()
            : request;
    return calls.repeatable(() -> timed().createAnnotation(named));
  }

  /** Changes an annotation. */
  public Annotation update(UpdateAnnotationRequest request) {
    return calls.once(() -> timed().updateAnnotation(request));
  }

  /** Deletes an annotation. */
  public Annotation delete(String name, String device) {
    DeleteAnnotationRequest request =
        DeleteAnnotationRequest.newBuilder().setName(name).setDevice(device).build();
    return calls.repeatable(() -> timed().deleteAnnotation(request));
  }

  /**
   * Annotations as a file.
   *
   * @param parent {@code books/{book}}, or {@code books/-} for all books
   * @param piece called by this thread with the pieces of the file in order; a broken connection
   *     ends it
   */
  public void export(
      String parent, ExportAnnotationsRequest.Format format, Consumer<String> piece) {
    ExportAnnotationsRequest request =
        ExportAnnotationsRequest.newBuilder().setParent(parent).setFormat(format).build();
    calls.readOnce(() -> stub.exportAnnotations(request), each -> piece.accept(each.getText()));
  }

  /** Adds sessions; those that are there already are not counted again. */
  public RecordSessionsResponse record(List<ReadingSession> sessions) {
    RecordSessionsRequest request =
        RecordSessionsRequest.newBuilder().addAllSessions(sessions).build();
    return calls.repeatable(() -> timed().recordSessions(request));
  }

  /** What the sessions add up to. */
  public ReadingStats stats(GetReadingStatsRequest request) {
    return calls.repeatable(() -> timed().getReadingStats(request));
  }

  /** What the caller wants to do. */
  public ReadingGoal goal() {
    GetReadingGoalRequest request = GetReadingGoalRequest.newBuilder().setName(GOAL).build();
    return calls.repeatable(() -> timed().getReadingGoal(request));
  }

  /** Sets it, whatever it was. */
  public ReadingGoal setGoal(ReadingGoal goal) {
    UpdateReadingGoalRequest request =
        UpdateReadingGoalRequest.newBuilder().setGoal(goal.toBuilder().setName(GOAL)).build();
    return calls.repeatable(() -> timed().updateReadingGoal(request));
  }

  private ReadingGrpc.ReadingBlockingStub timed() {
    return stub.withDeadlineAfter(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
