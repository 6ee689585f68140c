package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.util.List;
import java.util.UUID;

/**
 * How a book's text is made up: its chapters laid end to end, and the pages it names.
 *
 * @param mediaType of its file
 * @param chapters in reading order, none for a book that is not parsed
 * @param pages in reading order
 */
public record BookShape(UUID book, String mediaType, List<Chapter> chapters, List<Page> pages) {
  /** Copies the lists. */
  public BookShape {
    chapters = List.copyOf(chapters);
    pages = List.copyOf(pages);
  }

  /**
   * A chapter.
   *
   * @param ordinal from 1 without holes
   * @param source document in the container, or pages
   * @param paged true when it is made of pages
   * @param start its first code point in the book
   * @param pack the pack that its content lies in
   * @param packOffset first byte there
   * @param packLength bytes
   */
  public record Chapter(
      int ordinal,
      String title,
      String source,
      boolean paged,
      int codePoints,
      long start,
      Sha256 pack,
      long packOffset,
      int packLength) {
    /** One past its last code point in the book. */
    public long end() {
      return start + codePoints;
    }
  }

  /**
   * A page.
   *
   * @param chapter ordinal of the chapter that it begins in
   * @param offset its first code point there
   * @param label as printed, or as the file has it
   */
  public record Page(int chapter, int offset, String label) {}

  /** Code points of all chapters. */
  public long codePoints() {
    return chapters.isEmpty() ? 0 : chapters.getLast().end();
  }
}
