package dev.scriptorium.fake;

import dev.scriptorium.v1.Change;
import dev.scriptorium.v1.ChangesGrpc;
import dev.scriptorium.v1.ListChangesRequest;
import dev.scriptorium.v1.ListChangesResponse;
import dev.scriptorium.v1.WatchChangesRequest;
import dev.scriptorium.v1.WatchChangesResponse;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;

/** Three changes; a token is the number of those that were seen. A watch brings one frame. */
final class FakeChanges extends ChangesGrpc.ChangesImplBase {
  private final Faults faults;

  FakeChanges(Faults faults) {
    this.faults = faults;
  }

  @Override
  public void listChanges(ListChangesRequest request, StreamObserver<ListChangesResponse> answer) {
    List<Change> all = FakeAnnotations.changes();
    int from = request.getResumeToken().isEmpty() ? 0 : Integer.parseInt(request.getResumeToken());
    if (from > all.size()) {
      answer.onError(Faults.error(Code.OUT_OF_RANGE, "CHANGES_COMPACTED", "start over", Map.of()));
      return;
    }
    int to = Math.min(all.size(), from + 2);
    answer.onNext(
        ListChangesResponse.newBuilder()
            .addAllChanges(all.subList(from, to))
            .setResumeToken(Integer.toString(to))
            .setMore(to < all.size())
            .build());
    answer.onCompleted();
  }

  @Override
  public void watchChanges(
      WatchChangesRequest request, StreamObserver<WatchChangesResponse> answer) {
    int from = Integer.parseInt(request.getResumeToken());
    answer.onNext(
        WatchChangesResponse.newBuilder()
            .addChanges(
                Change.newBuilder().setName("books/" + (from + 1)).setKind("BOOK").setRevision(1))
            .setResumeToken(Integer.toString(from + 1))
            .build());
    try {
      faults.throwPlanned("WatchChanges");
      answer.onCompleted();
    } catch (io.grpc.StatusRuntimeException e) {
      answer.onError(e);
    }
  }
}
