package dev.scriptorium.server.catalog;

import com.google.protobuf.UnsafeByteOperations;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.v1.DownloadBookResponse;
import dev.scriptorium.v1.DownloadHeader;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * One DownloadBook call: a chunk at a time, as fast as the client takes them. Has its own thread.
 */
final class DownloadCall implements Runnable {
  private static final int CHUNK_BYTES = 256 << 10;

  private final Downloads.Range range;
  private final BlobStore blobs;
  private final ServerCallStreamObserver<DownloadBookResponse> answer;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean over;

  /**
   * @param answer not yet used; its handlers are set here
   */
  DownloadCall(
      Downloads.Range range,
      BlobStore blobs,
      ServerCallStreamObserver<DownloadBookResponse> answer) {
    this.range = range;
    this.blobs = blobs;
    this.answer = answer;
    answer.setOnCancelHandler(this::end);
    // A drain or a deadline closes the call without a cancellation.
    answer.setOnCloseHandler(this::end);
    answer.setOnReadyHandler(wake::release);
  }

  @Override
  public void run() {
    try {
      send();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      answer.onError(e);
    }
  }

  private void end() {
    over = true;
    wake.release();
  }

  private void send() throws IOException, InterruptedException {
    answer.onNext(DownloadBookResponse.newBuilder().setHeader(header()).build());
    long at = range.offset();
    long end = range.offset() + range.length();
    while (at < end) {
      awaitReady();
      if (over) {
        return;
      }
      int length = (int) Math.min(CHUNK_BYTES, end - at);
      answer.onNext(
          DownloadBookResponse.newBuilder()
              .setChunk(
                  UnsafeByteOperations.unsafeWrap(blobs.read(range.file().content(), at, length)))
              .build());
      at += length;
    }
    answer.onCompleted();
  }

  private void awaitReady() throws InterruptedException {
    while (!over && !answer.isReady()) {
      wake.acquire();
    }
  }

  private DownloadHeader header() {
    return DownloadHeader.newBuilder()
        .setFileName(range.file().name())
        .setMediaType(range.file().mediaType())
        .setSizeBytes(range.file().size())
        .setSha256(range.file().content().hex())
        .setLength(range.length())
        .build();
  }
}
