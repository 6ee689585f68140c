package dev.scriptorium.server.fleet;

import com.google.protobuf.UnsafeByteOperations;
import dev.scriptorium.worker.v1.DownloadInputResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams a blob as fast as the receiver takes it: one chunk in memory. Used by one call. */
final class BlobDownload {
  private static final Logger log = LoggerFactory.getLogger(BlobDownload.class);
  private static final int CHUNK = 256 << 10;

  private final InputStream source;
  private final ServerCallStreamObserver<DownloadInputResponse> sink;
  private boolean done;

  /**
   * @param source closed at the end
   */
  BlobDownload(InputStream source, ServerCallStreamObserver<DownloadInputResponse> sink) {
    this.source = source;
    this.sink = sink;
  }

  void begin() {
    sink.setOnCancelHandler(this::end);
    sink.setOnReadyHandler(this::pump);
  }

  private void pump() {
    try {
      while (!done && sink.isReady()) {
        byte[] chunk = source.readNBytes(CHUNK);
        if (chunk.length > 0) {
          sink.onNext(
              DownloadInputResponse.newBuilder()
                  .setChunk(UnsafeByteOperations.unsafeWrap(chunk))
                  .build());
        } else {
          end();
          sink.onCompleted();
        }
      }
    } catch (IOException e) {
      end();
      sink.onError(e);
    }
  }

  private void end() {
    done = true;
    try {
      source.close();
    } catch (IOException e) {
      log.warn("an input could not be closed", e);
    }
  }
}
