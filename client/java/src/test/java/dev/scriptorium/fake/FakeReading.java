package dev.scriptorium.fake;

import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.Position;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One place a book; a step on an old revision is a conflict. */
final class FakeReading extends ReadingGrpc.ReadingImplBase {
  private final FakeLibrary library;
  private final Map<String, Progress> heads = new ConcurrentHashMap<>();

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
}
