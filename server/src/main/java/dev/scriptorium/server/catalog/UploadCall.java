package dev.scriptorium.server.catalog;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.blob.BlobStore.BlobWriter;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One UploadBook call. It asks for one message at a time and writes it before it asks for the next,
 * so that an upload holds one chunk in memory, however large the file. Whatever ends the call
 * before its answer leaves nothing behind. gRPC calls it from one thread at a time.
 */
final class UploadCall implements StreamObserver<UploadBookRequest> {
  private static final int MAX_CHUNK_BYTES = 1 << 20;

  private final Uploads uploads;
  private final BlobStore blobs;
  private final UUID owner;
  private final ServerCallStreamObserver<UploadBookResponse> answer;
  private @Nullable Upload upload;
  private @Nullable BlobWriter writer;
  private boolean ended;

  UploadCall(
      Uploads uploads,
      BlobStore blobs,
      UUID owner,
      ServerCallStreamObserver<UploadBookResponse> answer) {
    this.uploads = uploads;
    this.blobs = blobs;
    this.owner = owner;
    this.answer = answer;
    answer.disableAutoRequest();
    // gRPC then tells a cancellation through onError, once.
    answer.setOnCancelHandler(() -> {});
    // A deadline closes the call without a cancellation.
    answer.setOnCloseHandler(this::discard);
    answer.request(1);
  }

  @Override
  public void onNext(UploadBookRequest message) {
    if (ended) {
      return;
    }
    attempt(
        () -> {
          switch (message.getPartCase()) {
            case HEADER -> begin(message.getHeader());
            case CHUNK -> append(message.getChunk());
            case PART_NOT_SET -> throw InvalidField.of("part", "nothing", "header or chunk");
          }
          answer.request(1);
        });
  }

  @Override
  public void onError(Throwable cause) {
    discard();
  }

  @Override
  public void onCompleted() {
    if (ended) {
      return;
    }
    attempt(
        () -> {
          Upload sent = upload;
          BlobWriter bytes = writer;
          if (sent == null || bytes == null) {
            throw InvalidField.of("header", "nothing", "a header as the first message");
          }
          UploadBookResponse response = uploads.finish(owner, sent, bytes);
          discard();
          answer.onNext(response);
          answer.onCompleted();
        });
  }

  private void begin(UploadHeader header) throws IOException {
    if (upload != null) {
      throw InvalidField.of("header", "a second one", "one header, first");
    }
    Upload checked = Upload.of(header);
    uploads.requireSize(checked, checked.sizeBytes());
    upload = checked;
    writer = blobs.create();
  }

  private void append(ByteString chunk) throws IOException {
    Upload sent = upload;
    BlobWriter bytes = writer;
    if (sent == null || bytes == null) {
      throw InvalidField.of("chunk", chunk.size() + " bytes", "a header as the first message");
    }
    if (chunk.isEmpty() || chunk.size() > MAX_CHUNK_BYTES) {
      throw InvalidField.of("chunk", chunk.size() + " bytes", "1 to " + MAX_CHUNK_BYTES + " bytes");
    }
    uploads.requireSize(sent, bytes.size() + chunk.size());
    for (ByteBuffer part : chunk.asReadOnlyByteBufferList()) {
      bytes.write(part);
    }
  }

  /** A piece of the call that may refuse it. */
  private interface Step {
    void run() throws IOException;
  }

  // Refusals reach the caller through the observer; defects are thrown on to the interceptor.
  private void attempt(Step step) {
    boolean kept = false;
    try {
      step.run();
      kept = true;
    } catch (IOException e) {
      answer.onError(e);
    } finally {
      if (!kept) {
        discard();
      }
    }
  }

  private void discard() {
    ended = true;
    BlobWriter bytes = writer;
    writer = null;
    if (bytes != null) {
      bytes.close();
    }
  }
}
