package dev.scriptorium.server.reading;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** The wire side of reading progress. Thread-safe. */
public final class ReadingGrpcService extends ReadingGrpc.ReadingImplBase {
  private final ReadingProgress progress;

  /** Serves these rules. */
  public ReadingGrpcService(ReadingProgress progress) {
    this.progress = progress;
  }

  @Override
  public void getProgress(GetProgressRequest request, StreamObserver<Progress> answer) {
    UUID book = BookName.parseProgress("name", request.getName()).id();
    answer.onNext(progress.get(Caller.current().owner(), book));
    answer.onCompleted();
  }

  @Override
  public void updateProgress(
      UpdateProgressRequest request, StreamObserver<UpdateProgressResponse> answer) {
    UUID book = BookName.parseProgress("name", request.getName()).id();
    answer.onNext(progress.update(Caller.current().owner(), book, request));
    answer.onCompleted();
  }
}
