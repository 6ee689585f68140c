package dev.scriptorium.plugin.pdf;

import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/** Glyphs of 10 points on one line of a wide page, as PDFBox gives them. */
final class Glyphs {
  static final float SIZE = 10;
  static final float PAGE = 2000;

  private static final float HEIGHT = 6;
  private static final float Y = 400;

  private final PDFont font;

  /** The fonts of the machine are not searched. */
  Glyphs() {
    BundledFonts.use();
    font = new PDType1Font(FontName.HELVETICA);
  }

  /** A glyph as wide as high. */
  TextPosition glyph(String unicode, float left) {
    return glyph(unicode, left, SIZE);
  }

  TextPosition glyph(String unicode, float left, float width) {
    return new TextPosition(
        0,
        PAGE,
        PAGE,
        new Matrix(SIZE, 0, 0, SIZE, left, Y),
        left + width,
        Y,
        HEIGHT,
        width,
        SIZE,
        unicode,
        unicode.codePoints().toArray(),
        font,
        SIZE,
        (int) SIZE);
  }
}
