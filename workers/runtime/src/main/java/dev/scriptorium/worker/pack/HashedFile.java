package dev.scriptorium.worker.pack;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A new file that is hashed and measured while it is written. Not thread-safe. */
public final class HashedFile extends OutputStream {
  private final OutputStream out;
  private final MessageDigest digest = sha256();
  private long size;

  /** Creates the file, or empties it. */
  public HashedFile(Path path) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(path), 64 << 10);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    size += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Bytes written so far. */
  public long size() {
    return size;
  }

  /** SHA-256 of the bytes, 64 hexadecimal digits; to be asked once, after the last byte. */
  public String sha256Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of some bytes, 64 hexadecimal digits. */
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
