package dev.scriptorium.booktext;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that really come out of a stream, and stops at a limit. */
public final class BoundedInput extends FilterInputStream {
  private final long maxBytes;
  private final String limitName;
  private final String place;
  private long count;

  /**
   * @param in closed with this stream
   * @param maxBytes at least 0; one more byte throws {@link LimitReached}
   * @param limitName name of the limit in messages, for example {@code document_bytes}
   * @param place what is being read, for the message
   */
  public BoundedInput(InputStream in, long maxBytes, String limitName, String place) {
    super(in);
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes " + maxBytes + " is below 0");
    }
    this.maxBytes = maxBytes;
    this.limitName = limitName;
    this.place = place;
  }

  /** Bytes that came out so far. */
  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      add(1);
    }
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read > 0) {
      add(read);
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    add(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void add(long bytes) throws LimitReached {
    count += bytes;
    if (count > maxBytes) {
      throw new LimitReached(limitName + "=" + maxBytes, place);
    }
  }
}
