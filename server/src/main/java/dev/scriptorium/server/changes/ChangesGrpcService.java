package dev.scriptorium.server.changes;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.ChangesGrpc;
import dev.scriptorium.v1.ListChangesRequest;
import dev.scriptorium.v1.ListChangesResponse;
import dev.scriptorium.v1.WatchChangesRequest;
import dev.scriptorium.v1.WatchChangesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;

/** The wire side of the feed. Thread-safe. */
public final class ChangesGrpcService extends ChangesGrpc.ChangesImplBase {
  private final ChangeFeed feed;
  private final ChangeWatch watch;
  private final Executor watchThreads;

  /**
   * @param watch wakes those who watch
   * @param watchThreads runs one task a WatchChanges call, each for as long as the call: virtual
   *     threads
   */
  public ChangesGrpcService(ChangeFeed feed, ChangeWatch watch, Executor watchThreads) {
    this.feed = feed;
    this.watch = watch;
    this.watchThreads = watchThreads;
  }

  @Override
  public void listChanges(ListChangesRequest request, StreamObserver<ListChangesResponse> answer) {
    answer.onNext(feed.list(Caller.current().owner(), request));
    answer.onCompleted();
  }

  @Override
  public void watchChanges(
      WatchChangesRequest request, StreamObserver<WatchChangesResponse> answer) {
    watchThreads.execute(
        new ChangesCall(
            Caller.current().owner(),
            request.getResumeToken(),
            feed,
            watch,
            (ServerCallStreamObserver<WatchChangesResponse>) answer));
  }
}
