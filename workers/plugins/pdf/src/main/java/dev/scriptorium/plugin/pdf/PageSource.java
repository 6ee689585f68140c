package dev.scriptorium.plugin.pdf;

import java.io.IOException;

/** Where the first pass over a book gets its pages. */
interface PageSource extends AutoCloseable {
  /**
   * Reads a page; each once, and, unless the source says otherwise, in order.
   *
   * @param number from 1
   */
  PageText page(int number) throws IOException;

  @Override
  default void close() throws IOException {
    // Most are views of a book that someone else closes.
  }
}
