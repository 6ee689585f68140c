package dev.scriptorium.server.catalog;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.blob.BlobStore.BlobWriter;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One UploadBook call. Whatever ends it before its answer leaves nothing behind. */
final class UploadCall extends ReceivingCall<UploadBookRequest, UploadBookResponse> {
  private static final int MAX_CHUNK_BYTES = 1 << 20;

  private final Uploads uploads;
  private final BlobStore blobs;
  private final UUID owner;
  private @Nullable Upload upload;
  private @Nullable BlobWriter writer;

  UploadCall(
      Uploads uploads,
      BlobStore blobs,
      UUID owner,
      ServerCallStreamObserver<UploadBookResponse> answer) {
    super(answer);
    this.uploads = uploads;
    this.blobs = blobs;
    this.owner = owner;
  }

  @Override
  void take(UploadBookRequest message) throws IOException {
    switch (message.getPartCase()) {
      case HEADER -> begin(message.getHeader());
      case CHUNK -> append(message.getChunk());
      case PART_NOT_SET -> throw InvalidField.of("part", "nothing", "header or chunk");
    }
  }

  @Override
  UploadBookResponse finish() throws IOException {
    Upload sent = upload;
    BlobWriter bytes = writer;
    if (sent == null || bytes == null) {
      throw InvalidField.of("header", "nothing", "a header as the first message");
    }
    return uploads.finish(owner, sent, bytes);
  }

  @Override
  void release() {
    BlobWriter bytes = writer;
    writer = null;
    if (bytes != null) {
      bytes.close();
    }
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
}
