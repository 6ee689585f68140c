package dev.scriptorium.fake;

import dev.scriptorium.v1.ExportAnnotationsRequest;
import dev.scriptorium.v1.ExportAnnotationsResponse;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.GetReadingGoalRequest;
import dev.scriptorium.v1.GetReadingStatsRequest;
import dev.scriptorium.v1.ListAnnotationsRequest;
import dev.scriptorium.v1.ListAnnotationsResponse;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.ListProgressHistoryResponse;
import dev.scriptorium.v1.Position;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ReadingGoal;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.ReadingStats;
import dev.scriptorium.v1.RestoreProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import dev.scriptorium.v1.UpdateReadingGoalRequest;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** One place a book; a step on an old revision is a conflict. The rest is always the same. */
final class FakeReading extends ReadingGrpc.ReadingImplBase {
  private final FakeLibrary library;
  private final Map<String, Progress> heads = new ConcurrentHashMap<>();
  private final AtomicReference<ReadingGoal> goal =
      new AtomicReference<>(ReadingGoal.getDefaultInstance());

  FakeReading(FakeLibrary library) {
    this.library = library;
  }

  @Override
  public void getProgress(GetProgressRequest request, StreamObserver<Progress> answer) {
    answer.onNext(head(request.getName()));
    answer.onCompleted();
  }

  private Progress head(String name) {
    return heads.getOrDefault(name, Progress.newBuilder().setName(name).build());
  }

  @Override
  public void updateProgress(
      UpdateProgressRequest request, StreamObserver<UpdateProgressResponse> answer) {
    Progress head = head(request.getName());
    Progress offered = step(request, head.getRevision() + 1);
    boolean conflict =
        request.getBaseRevision() != head.getRevision()
            && request.getPolicy() == ConflictPolicy.CONFLICT_POLICY_ASK;
    UpdateProgressResponse.Builder response = UpdateProgressResponse.newBuilder();
    if (conflict) {
      response.setOutcome(Outcome.OUTCOME_CONFLICT).setProgress(head).setOffered(offered);
    } else {
      heads.put(request.getName(), offered);
      response.setOutcome(Outcome.OUTCOME_APPLIED).setProgress(offered);
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  private Progress step(UpdateProgressRequest request, long revision) {
    String book = request.getName().replace("/progress", "");
    long length = library.get(book).getCodePoints();
    return Progress.newBuilder()
        .setName(request.getName())
        .setRevision(revision)
        .setFraction((double) request.getOffset() / length)
        .setDevice(request.getDevice())
        .setPosition(
            Position.newBuilder().setOffset(request.getOffset()).setChapter(book + "/chapters/7"))
        .build();
  }

  @Override
  public void listProgressHistory(
      ListProgressHistoryRequest request, StreamObserver<ListProgressHistoryResponse> answer) {
    answer.onNext(
        ListProgressHistoryResponse.newBuilder()
            .addAllSteps(FakeAnnotations.history(request.getParent()))
            .build());
    answer.onCompleted();
  }

  @Override
  public void restoreProgress(
      RestoreProgressRequest request, StreamObserver<UpdateProgressResponse> answer) {
    answer.onNext(
        UpdateProgressResponse.newBuilder()
            .setOutcome(Outcome.OUTCOME_APPLIED)
            .setProgress(Progress.newBuilder().setFraction(0.25).setRevision(8))
            .build());
    answer.onCompleted();
  }

  @Override
  public void listAnnotations(
      ListAnnotationsRequest request, StreamObserver<ListAnnotationsResponse> answer) {
    answer.onNext(
        ListAnnotationsResponse.newBuilder()
            .addAllAnnotations(FakeAnnotations.of(request.getParent().replace("/-", "/1")))
            .build());
    answer.onCompleted();
  }

  @Override
  public void exportAnnotations(
      ExportAnnotationsRequest request, StreamObserver<ExportAnnotationsResponse> answer) {
    for (String piece : FakeAnnotations.file(request.getFormat())) {
      answer.onNext(ExportAnnotationsResponse.newBuilder().setText(piece).build());
    }
    answer.onCompleted();
  }

  @Override
  public void getReadingStats(GetReadingStatsRequest request, StreamObserver<ReadingStats> answer) {
    answer.onNext(FakeAnnotations.stats());
    answer.onCompleted();
  }

  @Override
  public void getReadingGoal(GetReadingGoalRequest request, StreamObserver<ReadingGoal> answer) {
    answer.onNext(goal.get());
    answer.onCompleted();
  }

  @Override
  public void updateReadingGoal(
      UpdateReadingGoalRequest request, StreamObserver<ReadingGoal> answer) {
    goal.set(request.getGoal());
    answer.onNext(request.getGoal());
    answer.onCompleted();
  }
}
