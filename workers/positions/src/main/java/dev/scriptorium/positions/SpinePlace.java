package dev.scriptorium.positions;

/**
 * Where a document stands in the reading order of an EPUB; {@link #ALONE} when it is a book by
 * itself.
 *
 * @param spineElement number of the spine among the children of the package, from 1; mostly 3
 * @param item number of the document in the spine, from 1
 */
public record SpinePlace(int spineElement, int item) {
  /** A document that is the whole book, as a FictionBook is. */
  public static final SpinePlace ALONE = new SpinePlace(0, 0);

  /** Checks the ranges. */
  public SpinePlace {
    boolean alone = spineElement == 0 && item == 0;
    if (!alone && (spineElement < 1 || item < 1)) {
      throw new IllegalArgumentException(
          "spine %d, item %d: both are at least 1".formatted(spineElement, item));
    }
  }

  boolean isAlone() {
    return item == 0;
  }

  int packageStep() {
    return 2 * spineElement;
  }

  int itemStep() {
    return 2 * item;
  }
}
