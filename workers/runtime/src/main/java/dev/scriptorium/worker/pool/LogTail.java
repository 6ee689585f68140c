package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Drains a stream and keeps its last bytes. However much comes, memory stays the same. */
final class LogTail {
  /** Bytes that are kept. */
  static final int MAX_BYTES = 4096;

  private final byte[] ring = new byte[MAX_BYTES];
  private long written;

  /** Reads until the stream ends. */
  void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      add(buffer, read);
    }
  }

  /** What is kept: whole lines when there was more than fits. */
  synchronized String text() {
    int length = (int) Math.min(written, MAX_BYTES);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((written - length + i) % MAX_BYTES)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return written > MAX_BYTES ? text.substring(text.indexOf('\n') + 1) : text;
  }

  private synchronized void add(byte[] bytes, int length) {
    for (int i = Math.max(0, length - MAX_BYTES); i < length; i++) {
      ring[(int) ((written + i) % MAX_BYTES)] = bytes[i];
    }
    written += length;
  }
}
