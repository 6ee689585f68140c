package dev.scriptorium.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.scriptorium.v1.CatalogGrpc.CatalogStub;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * One try at sending one file: never more than a few chunks in memory, because it waits whenever
 * the connection has enough to send.
 */
final class FileUpload {
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final int MAX_NAME_CODE_POINTS = 255;

  private final Path file;
  private final UUID requestId;
  private final UploadListener listener;
  private final ChunkStream<UploadBookRequest, UploadBookResponse> answer;

  FileUpload(Path file, UUID requestId, UploadListener listener, Duration stallTimeout) {
    this.file = file;
    this.requestId = requestId;
    this.listener = listener;
    this.answer = new ChunkStream<>("the upload", stallTimeout);
  }

  /**
   * @throws StatusRuntimeException as the server answered, or DEADLINE_EXCEEDED after a stall
   * @throws IOException when the file cannot be read
   * @throws InterruptedException when the thread was interrupted; the call is then cancelled
   */
  UploadBookResponse send(CatalogStub catalog) throws IOException, InterruptedException {
    try (FileChannel source = FileChannel.open(file)) {
      catalog.uploadBook(answer);
      return answer.run(() -> sendAll(source));
    }
  }

  private void sendAll(FileChannel source) throws IOException, InterruptedException {
    long size = source.size();
    long sent = 0;
    listener.sent(sent, size);
    boolean open = answer.send(UploadBookRequest.newBuilder().setHeader(header(size)).build());
    while (open) {
      ByteString chunk = read(source);
      if (chunk.isEmpty()) {
        answer.end();
        return;
      }
      open = answer.send(UploadBookRequest.newBuilder().setChunk(chunk).build());
      sent += chunk.size();
      listener.sent(sent, size);
    }
  }

  private UploadHeader header(long size) {
    return UploadHeader.newBuilder()
        .setFileName(shortName(file))
        .setSizeBytes(size)
        .setRequestId(requestId.toString())
        .build();
  }

  /** The end of the name is kept, with its extension. */
  static String shortName(Path file) {
    Path last = file.toAbsolutePath().normalize().getFileName();
    int[] name = String.valueOf(last).codePoints().toArray();
    int skipped = Math.max(0, name.length - MAX_NAME_CODE_POINTS);
    return new String(name, skipped, name.length - skipped);
  }

  /** The next chunk; empty at the end. */
  static ByteString read(FileChannel source) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    while (buffer.hasRemaining() && source.read(buffer) >= 0) {
      // Fills the chunk: the server would have to handle many small ones otherwise.
    }
    // Safe: nobody else knows the buffer.
    return UnsafeByteOperations.unsafeWrap(buffer.flip());
  }
}
