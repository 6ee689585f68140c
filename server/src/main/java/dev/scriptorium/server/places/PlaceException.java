package dev.scriptorium.server.places;

/** A place that cannot be read. */
final class PlaceException extends Exception {
  @java.io.Serial private static final long serialVersionUID = 1L;

  private final int column;

  /**
   * @param column where, from 1 in code points
   */
  PlaceException(int column, String problem) {
    super(problem);
    this.column = column;
  }

  int column() {
    return column;
  }
}
