package dev.scriptorium.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.scriptorium.v1.CatalogGrpc.CatalogStub;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
  private final Duration stallTimeout;
  private final Answer answer = new Answer();

  FileUpload(Path file, UUID requestId, UploadListener listener, Duration stallTimeout) {
    this.file = file;
    this.requestId = requestId;
    this.listener = listener;
    this.stallTimeout = stallTimeout;
  }

  /**
   * @throws StatusRuntimeException as the server answered, or DEADLINE_EXCEEDED after a stall
   * @throws IOException when the file cannot be read
   * @throws InterruptedException when the thread was interrupted; the call is then cancelled
   */
  UploadBookResponse send(CatalogStub catalog) throws IOException, InterruptedException {
    try (FileChannel source = FileChannel.open(file)) {
      catalog.uploadBook(answer);
      boolean complete = false;
      try {
        sendAll(source);
        UploadBookResponse response = answer.await(stallTimeout);
        complete = true;
        return response;
      } finally {
        if (!complete) {
          answer.cancel();
        }
      }
    }
  }

  private void sendAll(FileChannel source) throws IOException, InterruptedException {
    long size = source.size();
    long sent = 0;
    listener.sent(sent, size);
    boolean open = send(UploadBookRequest.newBuilder().setHeader(header(size)).build());
    while (open) {
      ByteString chunk = read(source);
      if (chunk.isEmpty()) {
        answer.stream().onCompleted();
        return;
      }
      open = send(UploadBookRequest.newBuilder().setChunk(chunk).build());
      sent += chunk.size();
      listener.sent(sent, size);
    }
  }

  /** False when the server has answered already: nobody reads what would follow. */
  private boolean send(UploadBookRequest part) throws InterruptedException {
    if (!answer.awaitReady(stallTimeout)) {
      return false;
    }
    answer.stream().onNext(part);
    return true;
  }

  private UploadHeader header(long size) {
    return UploadHeader.newBuilder()
        .setFileName(shortName())
        .setSizeBytes(size)
        .setRequestId(requestId.toString())
        .build();
  }

  /** The end of the name is kept, with its extension. */
  private String shortName() {
    Path last = file.toAbsolutePath().normalize().getFileName();
    int[] name = String.valueOf(last).codePoints().toArray();
    int skipped = Math.max(0, name.length - MAX_NAME_CODE_POINTS);
    return new String(name, skipped, name.length - skipped);
  }

  private static ByteString read(FileChannel source) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    while (buffer.hasRemaining() && source.read(buffer) >= 0) {
      // Fills the chunk: the server would have to handle many small ones otherwise.
    }
    // Safe: nobody else knows the buffer.
    return UnsafeByteOperations.unsafeWrap(buffer.flip());
  }

  /** The server's side of the call. */
  private static final class Answer
      implements ClientResponseObserver<UploadBookRequest, UploadBookResponse> {
    private final CompletableFuture<UploadBookResponse> response = new CompletableFuture<>();
    private final Semaphore changed = new Semaphore(0);
    private final CompletableFuture<ClientCallStreamObserver<UploadBookRequest>> call =
        new CompletableFuture<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<UploadBookRequest> stream) {
      stream.setOnReadyHandler(changed::release);
      call.complete(stream);
    }

    @Override
    public void onNext(UploadBookResponse value) {
      response.complete(value);
      changed.release();
    }

    @Override
    public void onError(Throwable error) {
      response.completeExceptionally(error);
      changed.release();
    }

    @Override
    public void onCompleted() {
      response.completeExceptionally(
          Status.INTERNAL.withDescription("the server ended the call").asRuntimeException());
      changed.release();
    }

    /** Set before the call that starts the stream returns. */
    ClientCallStreamObserver<UploadBookRequest> stream() {
      return call.join();
    }

    /** False when the answer is there. */
    boolean awaitReady(Duration limit) throws InterruptedException {
      while (!response.isDone()) {
        if (stream().isReady()) {
          return true;
        }
        if (!changed.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
          throw stalled(limit);
        }
        changed.drainPermits();
      }
      return false;
    }

    UploadBookResponse await(Duration limit) throws InterruptedException {
      try {
        return response.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw stalled(limit);
      } catch (ExecutionException e) {
        throw Status.fromThrowable(e.getCause())
            .asRuntimeException(Status.trailersFromThrowable(e.getCause()));
      }
    }

    void cancel() {
      stream().cancel("the upload was given up", null);
    }

    private static StatusRuntimeException stalled(Duration limit) {
      return Status.DEADLINE_EXCEEDED
          .withDescription("the upload stood still for " + limit.toSeconds() + " s")
          .asRuntimeException();
    }
  }
}
