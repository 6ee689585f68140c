package dev.scriptorium.plugin.pdf;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Lets bytes through up to a limit. Not thread-safe. */
final class BoundedOutput extends FilterOutputStream {
  private final long maxBytes;
  private final Supplier<? extends IOException> excess;
  private long count;

  /**
   * @param excess what is thrown at the first byte above the limit
   */
  BoundedOutput(OutputStream target, long maxBytes, Supplier<? extends IOException> excess) {
    super(target);
    this.maxBytes = maxBytes;
    this.excess = excess;
  }

  @Override
  public void write(int b) throws IOException {
    count(1);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    count(length);
    out.write(bytes, offset, length);
  }

  private void count(int length) throws IOException {
    count += length;
    if (count > maxBytes) {
      throw excess.get();
    }
  }
}
