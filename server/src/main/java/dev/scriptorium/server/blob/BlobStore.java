package dev.scriptorium.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Keeps immutable byte sequences under their hash. A blob is durable before {@link
 * BlobWriter#commit} returns; what no row refers to is swept after a day. Thread-safe.
 */
public interface BlobStore {
  /**
   * Starts a blob. Its bytes are nowhere visible until committed.
   *
   * @throws DiskFullException when free space is below the floor
   */
  BlobWriter create() throws IOException;

  /**
   * Opens a blob from its first byte.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  InputStream open(Sha256 blob) throws IOException;

  /**
   * Reads exactly {@code length} bytes.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws java.io.EOFException when the blob is shorter
   */
  ByteBuffer read(Sha256 blob, long offset, int length) throws IOException;

  /** True when the blob is there. */
  boolean exists(Sha256 blob);

  /** A blob that is being written. Not thread-safe; closing without commit leaves nothing. */
  interface BlobWriter extends AutoCloseable {
    /** Appends the buffer's remaining bytes. */
    void write(ByteBuffer bytes) throws IOException;

    /** Bytes written so far. */
    long size();

    /** The first bytes, at most 64 KiB, for recognising the format. */
    byte[] head();

    /** The hash of the bytes written so far. */
    Sha256 sha256();

    /** Reads back exactly {@code length} of the bytes written so far. */
    ByteBuffer read(long offset, int length) throws IOException;

    /** Makes the bytes durable and visible under their hash; the same content twice is one blob. */
    Sha256 commit() throws IOException;

    @Override
    void close();
  }
}
