package dev.scriptorium.server.catalog.filter;

import java.io.Serial;

/** A filter cannot be read. */
final class FilterException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int column;

  /**
   * @param column where it goes wrong, from 1, in code points
   * @param message what is wrong there
   */
  FilterException(int column, String message) {
    super(message);
    this.column = column;
  }

  int column() {
    return column;
  }
}
