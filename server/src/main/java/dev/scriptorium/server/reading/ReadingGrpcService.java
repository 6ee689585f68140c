package dev.scriptorium.server.reading;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.PacedAnswer;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.BatchUpdateProgressRequest;
import dev.scriptorium.v1.BatchUpdateProgressResponse;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.DeleteAnnotationRequest;
import dev.scriptorium.v1.ExportAnnotationsRequest;
import dev.scriptorium.v1.ExportAnnotationsResponse;
import dev.scriptorium.v1.GetAnnotationRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.GetReadingGoalRequest;
import dev.scriptorium.v1.GetReadingStatsRequest;
import dev.scriptorium.v1.ListAnnotationsRequest;
import dev.scriptorium.v1.ListAnnotationsResponse;
import dev.scriptorium.v1.ListDeviceProgressRequest;
import dev.scriptorium.v1.ListDeviceProgressResponse;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.ListProgressHistoryResponse;
import dev.scriptorium.v1.ListProgressRequest;
import dev.scriptorium.v1.ListProgressResponse;
import dev.scriptorium.v1.ListSessionsRequest;
import dev.scriptorium.v1.ListSessionsResponse;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ReadingGoal;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.ReadingStats;
import dev.scriptorium.v1.RecordSessionsRequest;
import dev.scriptorium.v1.RecordSessionsResponse;
import dev.scriptorium.v1.RestoreProgressRequest;
import dev.scriptorium.v1.UpdateAnnotationRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateReadingGoalRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The wire side of reading. Thread-safe. */
public final class ReadingGrpcService extends ReadingGrpc.ReadingImplBase {
  private final ReadingProgress progress;
  private final ProgressHistory history;
  private final Annotations annotations;
  private final Sessions sessions;
  private final Statistics statistics;
  private final Executor exportThreads;

  /**
   * Serves these rules.
   *
   * @param exportThreads runs one task an ExportAnnotations call, each for as long as the call:
   *     virtual threads
   */
  public ReadingGrpcService(
      ReadingProgress progress,
      ProgressHistory history,
      Annotations annotations,
      Sessions sessions,
      Statistics statistics,
      Executor exportThreads) {
    this.progress = progress;
    this.history = history;
    this.annotations = annotations;
    this.sessions = sessions;
    this.statistics = statistics;
    this.exportThreads = exportThreads;
  }

  @Override
  public void getProgress(GetProgressRequest request, StreamObserver<Progress> answer) {
    UUID book = BookName.parseProgress("name", request.getName()).id();
    send(answer, progress.get(owner(), book));
  }

  @Override
  public void updateProgress(
      UpdateProgressRequest request, StreamObserver<UpdateProgressResponse> answer) {
    send(answer, progress.update(owner(), request));
  }

  @Override
  public void batchUpdateProgress(
      BatchUpdateProgressRequest request, StreamObserver<BatchUpdateProgressResponse> answer) {
    send(answer, progress.updateAll(owner(), request));
  }

  @Override
  public void listProgress(
      ListProgressRequest request, StreamObserver<ListProgressResponse> answer) {
    send(answer, history.heads(owner(), request));
  }

  @Override
  public void listDeviceProgress(
      ListDeviceProgressRequest request, StreamObserver<ListDeviceProgressResponse> answer) {
    send(answer, history.devices(owner(), request));
  }

  @Override
  public void listProgressHistory(
      ListProgressHistoryRequest request, StreamObserver<ListProgressHistoryResponse> answer) {
    send(answer, history.steps(owner(), request));
  }

  @Override
  public void restoreProgress(
      RestoreProgressRequest request, StreamObserver<UpdateProgressResponse> answer) {
    send(answer, progress.restore(owner(), request));
  }

  @Override
  public void createAnnotation(CreateAnnotationRequest request, StreamObserver<Annotation> answer) {
    send(answer, annotations.create(owner(), request));
  }

  @Override
  public void getAnnotation(GetAnnotationRequest request, StreamObserver<Annotation> answer) {
    send(answer, annotations.get(owner(), request.getName()));
  }

  @Override
  public void listAnnotations(
      ListAnnotationsRequest request, StreamObserver<ListAnnotationsResponse> answer) {
    send(answer, annotations.lists().list(owner(), request));
  }

  @Override
  public void updateAnnotation(UpdateAnnotationRequest request, StreamObserver<Annotation> answer) {
    send(answer, annotations.update(owner(), request));
  }

  @Override
  public void deleteAnnotation(DeleteAnnotationRequest request, StreamObserver<Annotation> answer) {
    send(answer, annotations.delete(owner(), request));
  }

  @Override
  public void exportAnnotations(
      ExportAnnotationsRequest request, StreamObserver<ExportAnnotationsResponse> answer) {
    exportThreads.execute(
        new ExportCall(
            owner(),
            request,
            annotations.lists(),
            new PacedAnswer<>((ServerCallStreamObserver<ExportAnnotationsResponse>) answer)));
  }

  @Override
  public void recordSessions(
      RecordSessionsRequest request, StreamObserver<RecordSessionsResponse> answer) {
    send(answer, sessions.record(owner(), request));
  }

  @Override
  public void listSessions(
      ListSessionsRequest request, StreamObserver<ListSessionsResponse> answer) {
    send(answer, sessions.list(owner(), request));
  }

  @Override
  public void getReadingStats(GetReadingStatsRequest request, StreamObserver<ReadingStats> answer) {
    send(answer, statistics.get(owner(), request));
  }

  @Override
  public void getReadingGoal(GetReadingGoalRequest request, StreamObserver<ReadingGoal> answer) {
    send(answer, sessions.goal(owner(), request.getName()));
  }

  @Override
  public void updateReadingGoal(
      UpdateReadingGoalRequest request, StreamObserver<ReadingGoal> answer) {
    send(answer, sessions.setGoal(owner(), request));
  }

  private static UUID owner() {
    return Caller.current().owner();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
