package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.LineJoint;
import java.util.List;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/**
 * Splits the glyphs of a page, in the order of drawing, into lines and words by where they stand.
 * It measures along the text's own direction, so that turned text has lines as well. Does what
 * PDFBox does, in a third of its time. Not thread-safe.
 */
final class GlyphRun {
  /** Share of the width of a space, and of a mean character, that parts two words. */
  static final float SPACE_TOLERANCE = 0.5f;

  static final float CHAR_TOLERANCE = 0.3f;

  /** The same between two Hangul syllables, and beside one: they are wide, the spaces narrow. */
  private static final float SYLLABLES_TOLERANCE = 0.12f;

  private static final float SYLLABLE_TOLERANCE = 0.2f;

  /** A glyph drawn again this near to itself, in its own widths, is bold made by overprinting. */
  static final float OVERPRINT = 0.25f;

  /** Heights of a glyph by which a new line at least goes back to the left. */
  private static final float RETURN = 3;

  private final LineBuilder builder;
  private final List<Line> lines;
  private final @Nullable BidiOrder order;
  private float lineY;
  private float lineHeight;
  private float lineEnd;
  private float lastY;
  private float end;
  private float spaceWidth;
  private float charWidth;
  private boolean afterBlank;
  private boolean afterSyllable;

  /**
   * @param lines where finished lines go
   * @param order for pages that {@link #needsReordering need} it
   */
  GlyphRun(LineBuilder builder, List<Line> lines, @Nullable BidiOrder order) {
    this.builder = builder;
    this.lines = lines;
    this.order = order;
  }

  /**
   * True when some glyph is of a script that runs from right to left, or of a form of a letter that
   * depends on its neighbours.
   */
  static boolean needsReordering(List<TextPosition> glyphs) {
    for (TextPosition glyph : glyphs) {
      String text = glyph.getUnicode();
      for (int i = 0; text != null && i < text.length(); i++) {
        if (needsReordering(text.charAt(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean needsReordering(char c) {
    return c >= 0x590
        && (c <= 0x8FF
            || (c >= 0xD802 && c <= 0xD803)
            || (c >= 0xD83A && c <= 0xD83B)
            || (c >= 0xFB07 && c <= 0xFDFF)
            || (c >= 0xFE70 && c <= 0xFEFC));
  }

  /** Adds the glyphs of an article; its last line is finished. */
  void add(List<TextPosition> glyphs) {
    TextPosition before = null;
    for (TextPosition glyph : glyphs) {
      if (glyph.getUnicode() != null) {
        add(before, glyph);
        before = glyph;
      }
    }
    finishLine();
  }

  private void finishLine() {
    if (order != null) {
      order.arrange(builder);
    }
    builder.finish(lines);
  }

  private void add(@Nullable TextPosition before, TextPosition glyph) {
    float x = glyph.getXDirAdj();
    float y = glyph.getYDirAdj();
    float height = glyph.getHeightDir();
    float width = glyph.getWidthDirAdj();
    boolean sameFont = before != null && hasSameFont(before, glyph);
    float mean = width / glyph.getIndividualWidths().length;
    float meanWidth = sameFont ? (charWidth + mean) / 2 : mean;
    if (before == null || before.getDir() != glyph.getDir() || !isInLine(x, y, height)) {
      finishLine();
      lineY = y;
      lineHeight = height;
      lineEnd = -Float.MAX_VALUE;
    } else if (x < lineEnd - OVERPRINT * width
        && builder.hasGlyph(glyph, OVERPRINT * Math.max(width, 1))) {
      return;
    } else if (!afterBlank && x > end + gap(glyph, meanWidth)) {
      builder.addSpace();
    }
    builder.add(glyph);
    if (order != null) {
      order.add(glyph);
    }
    lineY = Math.max(lineY, y);
    lineHeight = Math.max(lineHeight, height);
    lastY = y;
    end = x + width;
    lineEnd = Math.max(lineEnd, end);
    spaceWidth = glyph.getWidthOfSpace();
    charWidth = meanWidth;
    afterBlank = glyph.getUnicode().endsWith(" ");
    afterSyllable = isHangul(glyph);
  }

  private static boolean hasSameFont(TextPosition a, TextPosition b) {
    return a.getFont().equals(b.getFont()) && a.getFontSize() == b.getFontSize();
  }

  /** Room before a glyph that is wider than kerning. */
  private float gap(TextPosition glyph, float meanWidth) {
    float byChar = tolerance(isHangul(glyph)) * meanWidth;
    float space = glyph.getWidthOfSpace();
    if (space == 0 || Float.isNaN(space)) {
      return byChar;
    }
    float mean = spaceWidth > 0 ? (space + spaceWidth) / 2 : space;
    return Math.min(byChar, SPACE_TOLERANCE * mean);
  }

  private float tolerance(boolean syllable) {
    if (syllable && afterSyllable) {
      return SYLLABLES_TOLERANCE;
    }
    return syllable || afterSyllable ? SYLLABLE_TOLERANCE : CHAR_TOLERANCE;
  }

  private static boolean isHangul(TextPosition glyph) {
    String text = glyph.getUnicode();
    return !text.isEmpty() && LineJoint.isHangul(text.charAt(0));
  }

  private boolean isInLine(float x, float y, float height) {
    // Beside a large initial the next line is as low as the initial, but begins further left.
    boolean returned = x < end - RETURN * height && y > lastY + height / 2;
    return !returned
        && (Math.abs(y - lineY) < 0.1f
            || (lineY <= y && lineY >= y - height)
            || (y <= lineY && y >= lineY - lineHeight));
  }
}
