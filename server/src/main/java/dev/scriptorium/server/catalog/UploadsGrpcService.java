package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.CancelUploadRequest;
import dev.scriptorium.v1.CancelUploadResponse;
import dev.scriptorium.v1.FinishUploadRequest;
import dev.scriptorium.v1.FinishUploadResponse;
import dev.scriptorium.v1.GetReplacementRequest;
import dev.scriptorium.v1.GetUploadRequest;
import dev.scriptorium.v1.ListUploadsRequest;
import dev.scriptorium.v1.ListUploadsResponse;
import dev.scriptorium.v1.ReplaceFileRequest;
import dev.scriptorium.v1.Replacement;
import dev.scriptorium.v1.StartUploadRequest;
import dev.scriptorium.v1.UploadsGrpc;
import dev.scriptorium.v1.WriteChunkRequest;
import dev.scriptorium.v1.WriteUploadRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.UUID;

/** The wire side of uploads in pieces. Thread-safe. */
public final class UploadsGrpcService extends UploadsGrpc.UploadsImplBase {
  private final ResumableUploads uploads;
  private final Replacements replacements;

  /** Serves these rules. */
  public UploadsGrpcService(ResumableUploads uploads, Replacements replacements) {
    this.uploads = uploads;
    this.replacements = replacements;
  }

  @Override
  public void startUpload(
      StartUploadRequest request, StreamObserver<dev.scriptorium.v1.Upload> answer) {
    send(answer, () -> uploads.start(owner(), request));
  }

  @Override
  public void getUpload(
      GetUploadRequest request, StreamObserver<dev.scriptorium.v1.Upload> answer) {
    send(answer, () -> uploads.get(owner(), UploadName.parse("name", request.getName())));
  }

  @Override
  public void listUploads(ListUploadsRequest request, StreamObserver<ListUploadsResponse> answer) {
    send(answer, () -> uploads.list(owner()));
  }

  @Override
  public StreamObserver<WriteUploadRequest> writeUpload(
      StreamObserver<dev.scriptorium.v1.Upload> answer) {
    return new WriteUploadCall(
        uploads.writers(), owner(), (ServerCallStreamObserver<dev.scriptorium.v1.Upload>) answer);
  }

  @Override
  public void writeChunk(
      WriteChunkRequest request, StreamObserver<dev.scriptorium.v1.Upload> answer) {
    send(
        answer,
        () -> {
          UploadName name = UploadName.parse("name", request.getName());
          UploadWriter writer = uploads.writers().begin(owner(), name, request.getOffset());
          try {
            writer.write(request.getChunk().asReadOnlyByteBufferList(), request.getChunk().size());
          } finally {
            writer.end();
          }
          return uploads.get(owner(), name);
        });
  }

  @Override
  public void finishUpload(
      FinishUploadRequest request, StreamObserver<FinishUploadResponse> answer) {
    send(answer, () -> uploads.finish(owner(), UploadName.parse("name", request.getName())));
  }

  @Override
  public void cancelUpload(
      CancelUploadRequest request, StreamObserver<CancelUploadResponse> answer) {
    send(
        answer,
        () -> {
          uploads.cancel(owner(), UploadName.parse("name", request.getName()));
          return CancelUploadResponse.getDefaultInstance();
        });
  }

  @Override
  public void replaceFile(ReplaceFileRequest request, StreamObserver<Replacement> answer) {
    send(answer, () -> replacements.replace(owner(), request));
  }

  @Override
  public void getReplacement(GetReplacementRequest request, StreamObserver<Replacement> answer) {
    send(answer, () -> replacements.get(owner(), request.getName()));
  }

  /** What makes an answer. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> void send(StreamObserver<T> answer, Work<T> work) {
    T message;
    try {
      message = work.run();
    } catch (IOException e) {
      answer.onError(e);
      return;
    }
    answer.onNext(message);
    answer.onCompleted();
  }

  private static UUID owner() {
    return Caller.current().owner();
  }
}
