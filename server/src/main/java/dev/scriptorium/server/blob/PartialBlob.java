package dev.scriptorium.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A partial blob that is being written. Holds a lock on its file, which the system gives back when
 * the process dies. Not thread-safe.
 */
public final class PartialBlob implements AutoCloseable {
  private static final long CHECK_EVERY_BYTES = 16L << 20;

  private final FileChannel channel;
  private final FreeSpace space;
  private long size;
  private long checkedAt;

  private PartialBlob(FileChannel channel, FreeSpace space) {
    this.channel = channel;
    this.space = space;
  }

  static PartialBlob open(Path file, FreeSpace space) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    boolean opened = false;
    try {
      if (lock(channel) == null) {
        throw new PartialBlobBusyException(file.getFileName() + " is being written elsewhere");
      }
      opened = true;
      return new PartialBlob(channel, space);
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Keeps so many bytes and goes on behind them; what lies there was never promised to anybody.
   *
   * @throws IOException also when there are fewer
   */
  public void startAt(long offset) throws IOException {
    if (channel.size() < offset) {
      throw new IOException("there are %d bytes, not %d".formatted(channel.size(), offset));
    }
    channel.truncate(offset).position(offset);
    size = offset;
    checkedAt = offset;
  }

  /** Bytes so far, durable or not. */
  public long size() {
    return size;
  }

  /**
   * Appends the buffer's remaining bytes.
   *
   * @throws DiskFullException when there is no space for them
   */
  public void write(ByteBuffer bytes) throws IOException {
    if (size - checkedAt >= CHECK_EVERY_BYTES) {
      space.check();
      checkedAt = size;
    }
    int length = bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw space.fullOr(e);
    }
    size += length;
  }

  /** Makes all bytes so far durable. */
  public void flush() throws IOException {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw space.fullOr(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
