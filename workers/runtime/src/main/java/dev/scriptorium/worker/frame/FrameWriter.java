package dev.scriptorium.worker.frame;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes frames to a pipe, each whole and flushed at once. Thread-safe. */
public final class FrameWriter {
  private final OutputStream out;

  /** The pipe is not closed here. */
  public FrameWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes one message.
   *
   * @throws IllegalArgumentException when it is longer than {@link FrameReader#MAX_BYTES}
   * @throws IOException when the other side is gone
   */
  public void write(MessageLite message) throws IOException {
    byte[] body = message.toByteArray();
    if (body.length > FrameReader.MAX_BYTES) {
      throw new IllegalArgumentException(
          "message of " + body.length + " bytes, at most " + FrameReader.MAX_BYTES);
    }
    byte[] frame =
        ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body).array();
    synchronized (this) {
      out.write(frame);
      out.flush();
    }
  }
}
