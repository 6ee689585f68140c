package dev.scriptorium.worker.frame;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads frames from a pipe. Whatever the bytes are, {@link #read} returns a message, reports the
 * end or throws; memory grows with the bytes that have arrived, not with the length a frame claims.
 * Not thread-safe.
 */
public final class FrameReader<T extends MessageLite> {
  /** Longest message, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  private static final int PIECE_BYTES = 64 << 10;

  private final DataInputStream in;
  private final Parser<T> parser;

  /**
   * @param in the pipe; buffered here, not closed
   * @param parser of the messages this side receives
   */
  public FrameReader(InputStream in, Parser<T> parser) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.parser = parser;
  }

  /**
   * The next message; empty when the pipe has ended between two frames.
   *
   * @throws EOFException when the pipe ends within a frame
   * @throws FrameException when the bytes are no frame: the pipe cannot be read any further
   */
  public Optional<T> read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    if (length < 0 || length > MAX_BYTES) {
      throw new FrameException(
          "frame of " + Integer.toUnsignedString(length) + " bytes, at most " + MAX_BYTES);
    }
    try {
      return Optional.of(parser.parseFrom(body(length)));
    } catch (InvalidProtocolBufferException e) {
      throw new FrameException("frame of " + length + " bytes is no message", e);
    }
  }

  private byte[] body(int length) throws IOException {
    if (length <= PIECE_BYTES) {
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return bytes;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE_BYTES);
    byte[] piece = new byte[PIECE_BYTES];
    for (int left = length; left > 0; ) {
      int read = in.read(piece, 0, Math.min(left, piece.length));
      if (read < 0) {
        throw new EOFException("pipe ended " + left + " bytes before the end of a frame");
      }
      bytes.write(piece, 0, read);
      left -= read;
    }
    return bytes.toByteArray();
  }
}
