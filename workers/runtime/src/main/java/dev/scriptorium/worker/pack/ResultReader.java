package dev.scriptorium.worker.pack;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the items of a result, one at a time. Not thread-safe. */
public final class ResultReader implements Closeable {
  /** Longest item, in bytes. */
  public static final int MAX_ITEM_BYTES = 1 << 20;

  private final InputStream in;

  /** The stream is closed with this reader. */
  public ResultReader(InputStream in) {
    this.in = in;
  }

  /** Opens a result file. */
  public static ResultReader open(Path path) throws IOException {
    return new ResultReader(new BufferedInputStream(Files.newInputStream(path), 64 << 10));
  }

  /**
   * The next item; empty at the end.
   *
   * @throws IOException also when the bytes are no item
   */
  public Optional<ResultItem> next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    int length = CodedInputStream.readRawVarint32(first, in);
    if (length < 0 || length > MAX_ITEM_BYTES) {
      throw new InvalidProtocolBufferException(
          "item of " + Integer.toUnsignedString(length) + " bytes, at most " + MAX_ITEM_BYTES);
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new InvalidProtocolBufferException("result ends within an item");
    }
    return Optional.of(ResultItem.parseFrom(body));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
