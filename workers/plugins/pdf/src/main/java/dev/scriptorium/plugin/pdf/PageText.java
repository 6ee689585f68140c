package dev.scriptorium.plugin.pdf;

import java.util.List;

/**
 * The text of a page, as it was drawn.
 *
 * @param number from 1
 * @param width of the page as it is shown, in points
 * @param height of the page as it is shown, in points
 * @param lines in the order of drawing
 * @param pictures true when the page draws at least one picture
 * @param garbled true when much of what is drawn has no known letters
 * @param problem what ended the reading of the page early; empty when nothing did
 */
record PageText(
    int number,
    float width,
    float height,
    List<Line> lines,
    boolean pictures,
    boolean garbled,
    String problem) {

  /** No page. */
  static final PageText NONE = new PageText(0, 1, 1, List.of(), false, false, "");

  PageText {
    lines = List.copyOf(lines);
  }

  /** True when there is something to see and nothing to read. */
  boolean needsRecognition() {
    return lines.isEmpty() && pictures;
  }
}
