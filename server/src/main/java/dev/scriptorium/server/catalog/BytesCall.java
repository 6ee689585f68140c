package dev.scriptorium.server.catalog;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.wire.PacedAnswer;
import java.io.IOException;
import java.util.function.Function;

/**
 * One call that answers with the facts of some bytes and then the bytes, a chunk at a time, as fast
 * as the client takes them. Has its own thread.
 *
 * @param header the facts
 * @param bytes where they lie; empty when the client has them
 * @param chunk makes a message of some of them
 */
record BytesCall<T>(
    T header, Bytes bytes, Function<ByteString, T> chunk, BlobStore blobs, PacedAnswer<T> answer)
    implements Runnable {
  private static final int CHUNK_BYTES = 256 << 10;

  /** A part of a blob. */
  record Bytes(Sha256 blob, long offset, long length) {}

  @Override
  public void run() {
    try {
      answer.send(header);
      long end = bytes.offset() + bytes.length();
      for (long at = bytes.offset(); at < end && !answer.isOver(); at += CHUNK_BYTES) {
        int length = (int) Math.min(CHUNK_BYTES, end - at);
        answer.send(
            chunk.apply(UnsafeByteOperations.unsafeWrap(blobs.read(bytes.blob(), at, length))));
      }
      answer.complete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // The edge of this thread: the interceptor turns it into an error of the API.
      answer.fail(e);
    }
  }
}
