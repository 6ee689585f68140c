package dev.scriptorium.plugin.pdf;

import java.util.List;

/**
 * A line of text where it stands on its page. Lengths are in points of 1/72 inch, in the text's own
 * direction; y grows downwards from the page's upper edge, x in the direction in which the page is
 * read, from its left edge or its right one.
 *
 * @param text not blank, in logical order, white space folded
 * @param x near edge of the first glyph
 * @param endX far edge of the last glyph
 * @param y the base line
 * @param size font size of most of the glyphs
 * @param bold true when most of the glyphs are of a bold font
 * @param marks what may be references to notes: small raised pieces, or numbers behind a word; in
 *     order
 */
record Line(String text, float x, float endX, float y, float size, boolean bold, List<Mark> marks) {

  private static final int MAX_MARKS = 255;

  Line {
    marks = List.copyOf(marks.size() > MAX_MARKS ? marks.subList(0, MAX_MARKS) : marks);
  }

  /** The same place with another text. */
  Line withText(String other, List<Mark> otherMarks) {
    return new Line(other, x, endX, y, size, bold, otherMarks);
  }

  /** Mean width of a character. */
  float charWidth() {
    return Math.max(0.1f, (endX - x) / text.length());
  }

  /**
   * A piece of a line that may refer to a note.
   *
   * @param start first char in the line's text
   * @param label the piece, without surrounding white space
   */
  record Mark(int start, String label) {}
}
