package dev.scriptorium.server.catalog;

import com.google.protobuf.UnsafeByteOperations;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.v1.ReadResourceResponse;
import dev.scriptorium.v1.ResourceHeader;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * One ReadResource call: a chunk at a time, as fast as the client takes them. Has its own thread.
 */
final class ResourceCall implements Runnable {
  private static final int CHUNK_BYTES = 256 << 10;

  private final PieceStore.Piece piece;
  private final boolean known;
  private final BlobStore blobs;
  private final ServerCallStreamObserver<ReadResourceResponse> answer;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean over;

  /**
   * @param known true when the client has the picture: it gets the facts alone
   * @param answer not yet used; its handlers are set here
   */
  ResourceCall(
      PieceStore.Piece piece,
      boolean known,
      BlobStore blobs,
      ServerCallStreamObserver<ReadResourceResponse> answer) {
    this.piece = piece;
    this.known = known;
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
    answer.onNext(ReadResourceResponse.newBuilder().setHeader(header()).build());
    int length = known ? 0 : piece.length();
    for (int at = 0; at < length; at += CHUNK_BYTES) {
      while (!over && !answer.isReady()) {
        wake.acquire();
      }
      if (over) {
        return;
      }
      int part = Math.min(CHUNK_BYTES, length - at);
      answer.onNext(
          ReadResourceResponse.newBuilder()
              .setChunk(
                  UnsafeByteOperations.unsafeWrap(
                      blobs.read(piece.pack(), piece.offset() + at, part)))
              .build());
    }
    answer.onCompleted();
  }

  private ResourceHeader header() {
    return ResourceHeader.newBuilder()
        .setMediaType(piece.mediaType())
        .setSizeBytes(piece.length())
        .setEtag("\"" + piece.sha256() + "\"")
        .setNotModified(known)
        .build();
  }
}
