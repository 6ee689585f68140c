package dev.scriptorium.loadtest.catalog;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Uploads small texts, no two the same. */
final class UploadRequest {
  private static final int BYTES = 100_000;

  private final CatalogGrpc.CatalogStub catalog;
  private final String kind;
  private final AtomicInteger count = new AtomicInteger();

  UploadRequest(CatalogGrpc.CatalogStub catalog, String kind) {
    this.catalog = catalog;
    this.kind = kind;
  }

  /** Returns when the server has the file safely. */
  void send() {
    String name = kind + "-" + count.incrementAndGet() + ".txt";
    String text = name + " " + UUID.randomUUID() + "\n\n" + "A line of text.\n".repeat(BYTES / 16);
    CompletableFuture<UploadBookResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadBookRequest> call = catalog.uploadBook(new Answer(answer));
    call.onNext(
        UploadBookRequest.newBuilder()
            .setHeader(UploadHeader.newBuilder().setFileName(name))
            .build());
    call.onNext(UploadBookRequest.newBuilder().setChunk(ByteString.copyFromUtf8(text)).build());
    call.onCompleted();
    answer.join();
  }

  private record Answer(CompletableFuture<UploadBookResponse> answer)
      implements StreamObserver<UploadBookResponse> {
    @Override
    public void onNext(UploadBookResponse response) {
      answer.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      // Without an answer there is nothing to wait for.
      answer.completeExceptionally(new IllegalStateException("no answer"));
    }
  }
}
