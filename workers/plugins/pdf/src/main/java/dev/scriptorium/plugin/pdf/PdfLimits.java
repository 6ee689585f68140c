package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.LimitTable;
import dev.scriptorium.booktext.Limits;
import java.time.Duration;

/**
 * What a PDF may cost. A page that reaches a limit keeps the text found until then; a document with
 * more pages keeps the first ones.
 *
 * @param book limits that all formats share
 * @param pageTime longest time for a page
 * @param operatorsPerPage most operators of the content stream, nested forms included
 * @param glyphsPerPage most glyphs drawn
 * @param formsPerPage most form objects drawn
 * @param formDepth deepest nesting of form objects
 * @param streamBytes most bytes that a content stream, form or font may have when decoded
 * @param pictures most different pictures of a book that are handed over
 * @param sampleBytes most bytes that a picture may have when decoded; JPEGs are not decoded
 * @param chapterCodePoints length at which a chapter is continued in another at the next page
 */
record PdfLimits(
    Limits book,
    Duration pageTime,
    int operatorsPerPage,
    int glyphsPerPage,
    int formsPerPage,
    int formDepth,
    long streamBytes,
    int pictures,
    long sampleBytes,
    int chapterCodePoints) {

  /** The limits in use. */
  static final PdfLimits DEFAULT =
      LimitTable.configured(
          new PdfLimits(
              Limits.defaults(),
              Duration.ofSeconds(8),
              2_000_000,
              300_000,
              20_000,
              16,
              50L << 20,
              2_000,
              16L << 20,
              2_000_000),
          "pdf.");
}
