package dev.scriptorium.server.fleet;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.ResultHeader;
import dev.scriptorium.worker.v1.UploadResultRequest;
import dev.scriptorium.worker.v1.UploadResultResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Receives one result or pack. Used by one call, one message at a time. */
final class ResultUpload implements StreamObserver<UploadResultRequest> {
  private final BlobStore blobs;
  private final long maxBytes;
  private final Consumer<AttemptId> mayStore;
  private final ServerCallStreamObserver<UploadResultResponse> response;
  private BlobStore.@Nullable BlobWriter writer;
  private BlobRef declared = BlobRef.getDefaultInstance();
  private boolean over;

  /**
   * @param mayStore throws when the attempt is not, or no longer, under way
   */
  ResultUpload(
      BlobStore blobs,
      long maxBytes,
      Consumer<AttemptId> mayStore,
      ServerCallStreamObserver<UploadResultResponse> response) {
    this.blobs = blobs;
    this.maxBytes = maxBytes;
    this.mayStore = mayStore;
    this.response = response;
    response.setOnCancelHandler(this::discard);
  }

  @Override
  public void onNext(UploadResultRequest request) {
    if (over) {
      return;
    }
    try {
      switch (request.getPartCase()) {
        case HEADER -> header(request.getHeader());
        case CHUNK -> chunk(request);
        case PART_NOT_SET -> throw InvalidField.of("part", "", "header or chunk");
      }
    } catch (IOException | RuntimeException e) {
      refuse(e);
    }
  }

  private void header(ResultHeader header) throws IOException {
    if (writer != null) {
      throw InvalidField.of("header", "a second one", "exactly one, first");
    }
    mayStore.accept(header.getId());
    declared = header.getBlob();
    if (declared.getSizeBytes() > maxBytes) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_FILE_TOO_LARGE,
          "a result of " + declared.getSizeBytes() + " bytes is above " + maxBytes,
          Map.of("file", "result", "limit_bytes", Long.toString(maxBytes)));
    }
    writer = blobs.create();
  }

  private void chunk(UploadResultRequest request) throws IOException {
    BlobStore.BlobWriter target = started();
    if (target.size() + request.getChunk().size() > declared.getSizeBytes()) {
      throw corrupt("more than the declared " + declared.getSizeBytes() + " bytes");
    }
    target.write(request.getChunk().asReadOnlyByteBuffer());
  }

  private BlobStore.BlobWriter started() {
    BlobStore.BlobWriter target = writer;
    if (target == null) {
      throw InvalidField.of("header", "missing", "exactly one, first");
    }
    return target;
  }

  @Override
  public void onError(Throwable broken) {
    discard();
  }

  @Override
  public void onCompleted() {
    if (over) {
      return;
    }
    try {
      UploadResultResponse stored = commit(started());
      discard();
      response.onNext(stored);
      response.onCompleted();
    } catch (IOException | RuntimeException e) {
      refuse(e);
    }
  }

  private UploadResultResponse commit(BlobStore.BlobWriter target) throws IOException {
    long size = target.size();
    if (size != declared.getSizeBytes()) {
      throw corrupt(size + " bytes instead of the declared " + declared.getSizeBytes());
    }
    Sha256 hash = target.commit();
    if (!hash.hex().equals(declared.getSha256())) {
      throw corrupt("hash " + hash + " instead of the declared " + declared.getSha256());
    }
    return UploadResultResponse.newBuilder().setBlob(declared).build();
  }

  private static ApiException corrupt(String what) {
    return new ApiException(
        ErrorReason.ERROR_REASON_UPLOAD_CORRUPT,
        "the result came with " + what + "; send it again",
        Map.of("file", "result"));
  }

  private void refuse(Exception reason) {
    discard();
    response.onError(reason);
  }

  private void discard() {
    over = true;
    BlobStore.BlobWriter target = writer;
    if (target != null) {
      target.close();
    }
  }
}
