package dev.scriptorium.worker.pack;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.scriptorium.worker.v1.ChapterContent;
import dev.scriptorium.worker.v1.PackRange;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a pack: {@code SCP1}, then a zstd frame a chapter and the plain bytes of every picture in
 * the order of the calls, then the index (length-delimited {@link ResultItem} messages), the 8-byte
 * big-endian offset of the index, and {@code SCP1} again. The same calls give the same bytes. Not
 * thread-safe.
 */
public final class PackWriter implements Closeable {
  static final byte[] MAGIC = "SCP1".getBytes(StandardCharsets.US_ASCII);

  /** Longest serialized chapter, in bytes. */
  public static final int MAX_CHAPTER_BYTES = 48 << 20;

  /** Longest pack, in bytes. */
  public static final long MAX_PACK_BYTES = 2L << 30;

  // Level 6: within 3 % of level 9 on books, at twice its speed.
  private static final int LEVEL = 6;

  private final HashedFile file;
  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
  private long indexOffset = -1;

  /** Creates the file, or empties it. */
  public PackWriter(Path path) throws IOException {
    file = new HashedFile(path);
    file.write(MAGIC);
  }

  /**
   * Adds a chapter.
   *
   * @throws ResultLimitException when the chapter or the pack is too long
   */
  public PackRange addChapter(ChapterContent content) throws IOException {
    byte[] bytes = content.toByteArray();
    if (bytes.length > MAX_CHAPTER_BYTES) {
      throw new ResultLimitException("chapter-bytes", MAX_CHAPTER_BYTES);
    }
    return add(zstd.compress(bytes));
  }

  /**
   * Adds a picture as it is.
   *
   * @throws ResultLimitException when the pack is too long
   */
  public PackRange addImage(byte[] bytes) throws IOException {
    return add(bytes);
  }

  /** Adds an item to the index; nothing but items may follow the first. */
  public void addIndexItem(ResultItem item) throws IOException {
    beginIndex();
    item.writeDelimitedTo(file);
  }

  /** Writes the end. The file is complete once this and {@link #close} have returned. */
  public void finish() throws IOException {
    beginIndex();
    file.write(ByteBuffer.allocate(Long.BYTES).putLong(indexOffset).array());
    file.write(MAGIC);
  }

  /** Bytes written so far. */
  public long size() {
    return file.size();
  }

  /** SHA-256 of the file, 64 hexadecimal digits; to be asked once, after {@link #finish}. */
  public String sha256Hex() {
    return file.sha256Hex();
  }

  @Override
  public void close() throws IOException {
    zstd.close();
    file.close();
  }

  private void beginIndex() {
    if (indexOffset < 0) {
      indexOffset = file.size();
    }
  }

  private PackRange add(byte[] bytes) throws IOException {
    if (indexOffset >= 0) {
      throw new IllegalStateException("content after the index");
    }
    long offset = file.size();
    if (offset + bytes.length > MAX_PACK_BYTES) {
      throw new ResultLimitException("pack-bytes", MAX_PACK_BYTES);
    }
    file.write(bytes);
    return PackRange.newBuilder().setOffset(offset).setLength(bytes.length).build();
  }
}
