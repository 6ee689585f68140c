package dev.scriptorium.booktext;

/**
 * How much of a hostile file is read before a parser says no. All counts are of what was really
 * read, never of what a header declares. Immutable.
 *
 * @param archiveEntries entries of a ZIP directory, used or not
 * @param entries resources that a book names (manifest items, binaries)
 * @param unpackedBytes bytes inflated for one book
 * @param ratio inflated bytes for one compressed byte, per entry, once above {@code ratioFloor}
 * @param ratioFloorBytes inflated bytes below which the ratio is not looked at
 * @param bookRatioFloorBytes bytes inflated for one book below which the same ratio to the file's
 *     size is not looked at
 * @param documentBytes bytes of one content document
 * @param treeBytes bytes of a document that is held as a whole: one that is not well-formed, and a
 *     book that is one file of text, Markdown or HTML
 * @param treeElements elements of a document that is held as a tree: packages, contents lists and
 *     documents that are not well-formed
 * @param chapterCodePoints canonical text of one chapter; what follows is cut off with a warning
 * @param chapters units of the reading order
 * @param xmlDepth nested elements; deeper ones give their text and lose their markup
 * @param xmlElements elements of one document
 * @param xmlAttributes attributes of one element that are looked at
 * @param imageBytes bytes of one picture
 * @param imagePixels width times height of a picture that is decoded
 * @param pages pages of a paged format
 * @param contentsEntries lines of the contents
 * @param contentsDepth nested levels of the contents; deeper ones are raised to it
 * @param positions places of a book's own counting that are handed over
 * @param noteCodePoints text of all notes of a book
 * @param metadataCodePoints one value of the metadata; longer ones are cut
 */
public record Limits(
    int archiveEntries,
    int entries,
    long unpackedBytes,
    int ratio,
    int ratioFloorBytes,
    long bookRatioFloorBytes,
    int documentBytes,
    int treeBytes,
    int treeElements,
    int chapterCodePoints,
    int chapters,
    int xmlDepth,
    int xmlElements,
    int xmlAttributes,
    int imageBytes,
    int imagePixels,
    int pages,
    int contentsEntries,
    int contentsDepth,
    int positions,
    int noteCodePoints,
    int metadataCodePoints) {

  private static final Limits BUILT_IN =
      new Limits(
          200_000,
          10_000,
          1L << 30,
          100,
          8 << 20,
          64 << 20,
          24 << 20,
          16 << 20,
          500_000,
          5 << 20,
          10_000,
          256,
          5_000_000,
          1_000,
          32 << 20,
          100_000_000,
          5_000,
          20_000,
          32,
          200_000,
          8 << 20,
          20_000);

  private static final Limits DEFAULTS = LimitTable.configured(BUILT_IN, "");

  /**
   * The limits that the built-in parsers use, fit for a heap of 256 MiB, with what is set in {@link
   * LimitTable#PROPERTY}.
   */
  public static Limits defaults() {
    return DEFAULTS;
  }
}
