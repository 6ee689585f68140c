package dev.scriptorium.plugin.pdf;

import java.io.IOException;

/** Where the pages lie between the two passes over a book: all are added, then all are read. */
interface PageStore {
  /** Adds a page; not after {@link #next}. */
  void add(PageText page) throws IOException;

  /**
   * The pages in the order in which they were added, beginning with the first.
   *
   * @throws IOException after the last, or when the store cannot be read
   */
  PageText next() throws IOException;
}
