package dev.scriptorium.plugin;

/**
 * A unit of the reading order.
 *
 * @param ordinal from 1, without holes
 * @param title empty when it has none
 * @param source spine item (path in the container) or pages ({@code pages 12-19})
 * @param text canonical text: paragraphs separated by one blank line, NFC, no soft hyphens
 * @param html sanitised HTML, a fragment of block elements
 * @param wordCount words of the text
 * @param language BCP 47; empty: the book's
 * @param linear false for parts outside the reading order
 * @param firstPage from 1; 0 when the format has no pages
 * @param lastPage 0 when the format has no pages
 * @param sourceMap the way from the text to places of the source document, in a form that the
 *     format defines; empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Chapter(
    int ordinal,
    String title,
    String source,
    String text,
    String html,
    int wordCount,
    String language,
    boolean linear,
    int firstPage,
    int lastPage,
    byte[] sourceMap) {

  // One for all: arrays are equal only when they are the same.
  private static final byte[] NO_MAP = {};

  /** A chapter without a map to its source. */
  public Chapter(
      int ordinal,
      String title,
      String source,
      String text,
      String html,
      int wordCount,
      String language,
      boolean linear,
      int firstPage,
      int lastPage) {
    this(
        ordinal, title, source, text, html, wordCount, language, linear, firstPage, lastPage,
        NO_MAP);
  }

  /** Checks the ranges. */
  public Chapter {
    if (ordinal < 1) {
      throw new IllegalArgumentException("ordinal " + ordinal + " is below 1");
    }
    if (wordCount < 0 || firstPage < 0 || lastPage < firstPage) {
      throw new IllegalArgumentException(
          "chapter %d: words %d, pages %d-%d".formatted(ordinal, wordCount, firstPage, lastPage));
    }
  }
}
