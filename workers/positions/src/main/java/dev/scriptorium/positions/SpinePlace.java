package dev.scriptorium.positions;

/**
 * Where a document stands in the reading order of an EPUB.
 *
 * @param spineElement number of the spine among the children of the package, from 1; mostly 3
 * @param item number of the document in the spine, from 1
 */
public record SpinePlace(int spineElement, int item) {
  /** Checks the ranges. */
  public SpinePlace {
    if (spineElement < 1 || item < 1) {
      throw new IllegalArgumentException(
          "spine %d, item %d: both are at least 1".formatted(spineElement, item));
    }
  }

  int packageStep() {
    return 2 * spineElement;
  }

  int itemStep() {
    return 2 * item;
  }
}
