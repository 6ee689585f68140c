package dev.scriptorium.server.catalog.format;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives pieces of a file whose head did not say enough. */
@FunctionalInterface
public interface Range {
  /**
   * @param offset from 0
   * @param length at least 1; offset and length lie inside the file
   */
  ByteBuffer read(long offset, int length) throws IOException;
}
