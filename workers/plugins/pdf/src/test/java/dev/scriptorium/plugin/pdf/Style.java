package dev.scriptorium.plugin.pdf;

/**
 * How a {@link Press} sets a book, after the habits of a program that makes PDFs.
 *
 * @param columns 1 or 2
 * @param spaces true when spaces are glyphs; false when words are only drawn apart
 * @param indented true when paragraphs begin with an indent; false when space parts them
 * @param hyphens what ends a broken word; empty when none is broken
 * @param ligatures true when fi and fl are one glyph
 * @param dropCaps true when chapters begin with a large letter
 * @param notes true when pages have a footnote
 * @param headsLast true when running heads are drawn after the text
 * @param heading size of chapter headings in points; the body has 10
 * @param centred true for headings in the middle
 */
record Style(
    int columns,
    boolean spaces,
    boolean indented,
    String hyphens,
    boolean ligatures,
    boolean dropCaps,
    boolean notes,
    boolean headsLast,
    float heading,
    boolean centred) {
  static final Style WORD = new Style(1, true, false, "", false, false, true, false, 16, false);
  static final Style LIBRE_OFFICE =
      new Style(1, true, true, "-", false, false, true, true, 18, false);
  static final Style IN_DESIGN =
      new Style(2, true, true, "\u00AD", true, true, false, true, 22, true);
  static final Style PDF_TEX = new Style(1, false, true, "-", true, false, true, false, 20, false);
  static final Style PDF_TEX_COLUMNS =
      new Style(2, false, true, "-", true, false, false, false, 17, true);
  static final Style BROWSER =
      new Style(1, true, true, "\u2010", false, true, false, true, 15, true);
}
