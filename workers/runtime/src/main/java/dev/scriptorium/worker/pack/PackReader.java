package dev.scriptorium.worker.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.scriptorium.worker.v1.ChapterContent;
import dev.scriptorium.worker.v1.PackRange;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a pack, one piece at a time. Thread-safe. */
public final class PackReader implements Closeable {
  private static final int END_BYTES = Long.BYTES + PackWriter.MAGIC.length;

  private final FileChannel channel;
  private final long indexOffset;

  /**
   * Opens a pack.
   *
   * @throws IOException also when the file is no pack
   */
  public PackReader(Path path) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      indexOffset = findIndex();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The items of the index: chapters and pictures in the order in which they were written. */
  public List<ResultItem> index() throws IOException {
    int length = Math.toIntExact(channel.size() - END_BYTES - indexOffset);
    ResultReader reader = new ResultReader(new ByteArrayInputStream(bytes(indexOffset, length)));
    List<ResultItem> items = new ArrayList<>();
    for (var item = reader.next(); item.isPresent(); item = reader.next()) {
      items.add(item.get());
    }
    return items;
  }

  /** A chapter's content. */
  public ChapterContent chapter(PackRange range) throws IOException {
    byte[] frame = bytes(range.getOffset(), range.getLength());
    long size = frame.length == 0 ? -1 : Zstd.getFrameContentSize(frame);
    if (size < 0 || size > PackWriter.MAX_CHAPTER_BYTES) {
      throw new IOException("chapter at " + range.getOffset() + " claims " + size + " bytes");
    }
    try {
      return ChapterContent.parseFrom(Zstd.decompress(frame, (int) size));
    } catch (ZstdException e) {
      throw new IOException("chapter at " + range.getOffset() + " is damaged", e);
    }
  }

  /** A picture's bytes. */
  public byte[] image(PackRange range) throws IOException {
    return bytes(range.getOffset(), range.getLength());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private long findIndex() throws IOException {
    long size = channel.size();
    if (size < PackWriter.MAGIC.length + END_BYTES
        || !Arrays.equals(bytes(0, PackWriter.MAGIC.length), PackWriter.MAGIC)
        || !Arrays.equals(
            bytes(size - PackWriter.MAGIC.length, PackWriter.MAGIC.length), PackWriter.MAGIC)) {
      throw new IOException("no pack");
    }
    long offset = ByteBuffer.wrap(bytes(size - END_BYTES, Long.BYTES)).getLong();
    if (offset < PackWriter.MAGIC.length
        || offset > size - END_BYTES
        || size - END_BYTES - offset > Integer.MAX_VALUE) {
      throw new IOException("pack with a damaged index");
    }
    return offset;
  }

  private byte[] bytes(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || length > channel.size() - offset) {
      throw new EOFException(
          "range %d+%d outside a pack of %d bytes".formatted(offset, length, channel.size()));
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException("pack became shorter");
      }
    }
    return buffer.array();
  }
}
