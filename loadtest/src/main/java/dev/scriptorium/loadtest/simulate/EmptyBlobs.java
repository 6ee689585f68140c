package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.blob.Sha256;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Has every blob, and every blob is empty. */
final class EmptyBlobs implements BlobStore {
  /** The hash of nothing. */
  static final Sha256 HASH =
      new Sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

  @Override
  public BlobWriter create() {
    throw new UnsupportedOperationException("nothing is stored");
  }

  @Override
  public InputStream open(Sha256 blob) {
    return InputStream.nullInputStream();
  }

  @Override
  public ByteBuffer read(Sha256 blob, long offset, int length) {
    return ByteBuffer.allocate(0);
  }

  @Override
  public boolean exists(Sha256 blob) {
    return true;
  }
}
