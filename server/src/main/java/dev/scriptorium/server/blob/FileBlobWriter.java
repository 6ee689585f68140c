package dev.scriptorium.server.blob;

import dev.scriptorium.server.blob.BlobStore.BlobWriter;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** A blob on its way into a {@link FileBlobStore}. */
final class FileBlobWriter implements BlobWriter {
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int HEAD_BYTES = 64 << 10;
  private static final long CHECK_EVERY_BYTES = 16L << 20;

  private final FileBlobStore store;
  private final Path file;
  private final FreeSpace space;
  private final boolean temporary;
  private final FileChannel channel;
  private final MessageDigest digest = Sha256.digest();
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private long size;
  private long checkedAt;

  FileBlobWriter(FileBlobStore store, Path file, FreeSpace space) throws IOException {
    this(store, file, space, true);
  }

  private FileBlobWriter(FileBlobStore store, Path file, FreeSpace space, boolean temporary)
      throws IOException {
    this.store = store;
    this.file = file;
    this.space = space;
    this.temporary = temporary;
    this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Takes a file as it is, as if all its bytes had just been written; it outlives a close. */
  static FileBlobWriter ofWhole(FileBlobStore store, Path file, FreeSpace space)
      throws IOException {
    FileBlobWriter writer = new FileBlobWriter(store, file, space, false);
    boolean read = false;
    try {
      writer.takeAll();
      read = true;
    } finally {
      if (!read) {
        writer.channel.close();
      }
    }
    return writer;
  }

  private void takeAll() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    while (channel.read(block.clear(), size) >= 0) {
      block.flip();
      keepHead(block.duplicate());
      size += block.remaining();
      digest.update(block);
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (size - checkedAt >= CHECK_EVERY_BYTES) {
      space.check();
      checkedAt = size;
    }
    keepHead(bytes.duplicate());
    digest.update(bytes.duplicate());
    size += bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw space.fullOr(e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] head() {
    return head.toByteArray();
  }

  @Override
  public Sha256 sha256() {
    try {
      return Sha256.of((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every JDK can clone its SHA-256 digest", e);
    }
  }

  @Override
  public ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("nothing was written at byte " + (offset + bytes.position()));
      }
    }
    return bytes.flip();
  }

  @Override
  public Sha256 commit() throws IOException {
    try {
      channel.force(true);
      channel.close();
      Sha256 blob = Sha256.of(digest);
      store.adopt(file, blob);
      return blob;
    } catch (IOException e) {
      throw space.fullOr(e);
    }
  }

  // After a commit the file has another name, and there is nothing to delete.
  @Override
  public void close() {
    try {
      channel.close();
      if (temporary) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keepHead(ByteBuffer bytes) {
    int missing = HEAD_BYTES - head.size();
    if (missing > 0) {
      byte[] part = new byte[Math.min(missing, bytes.remaining())];
      bytes.get(part);
      head.writeBytes(part);
    }
  }
}
