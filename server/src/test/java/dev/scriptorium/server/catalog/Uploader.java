package dev.scriptorium.server.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Sends files. */
public final class Uploader {
  private static final int CHUNK = 64 << 10;

  private final CatalogGrpc.CatalogStub stub;

  public Uploader(CatalogGrpc.CatalogStub stub) {
    this.stub = stub;
  }

  public UploadBookResponse text(String name, String text) {
    return send(UploadHeader.newBuilder().setFileName(name).build(), text.getBytes(UTF_8));
  }

  /** Sends header and bytes; throws what the server answers. */
  public UploadBookResponse send(UploadHeader header, byte[] bytes) {
    CompletableFuture<UploadBookResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadBookRequest> call = begin(answer);
    call.onNext(UploadBookRequest.newBuilder().setHeader(header).build());
    for (int at = 0; at < bytes.length; at += CHUNK) {
      ByteString chunk = ByteString.copyFrom(bytes, at, Math.min(CHUNK, bytes.length - at));
      call.onNext(UploadBookRequest.newBuilder().setChunk(chunk).build());
    }
    call.onCompleted();
    return await(answer);
  }

  /** Opens a call whose messages the test sends itself. */
  public StreamObserver<UploadBookRequest> begin(CompletableFuture<UploadBookResponse> answer) {
    return stub.uploadBook(
        new StreamObserver<>() {
          @Override
          public void onNext(UploadBookResponse response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            answer.completeExceptionally(error);
          }

          @Override
          public void onCompleted() {}
        });
  }

  /** Waits for an answer, at most 20 seconds. */
  public static UploadBookResponse await(CompletableFuture<UploadBookResponse> answer) {
    try {
      return answer.orTimeout(20, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
