package dev.scriptorium.plugin.analysis.text;

import java.util.List;

/** Splits a piece of text into sentences and tagged tokens. Not thread-safe. */
interface Annotator {
  /**
   * @param text a chapter
   * @param start of the piece, UTF-16 index
   * @param end one past its last
   * @param quotations of the piece
   * @return sentences in order, with indices into {@code text}
   */
  List<Sentence> annotate(String text, int start, int end, Quotations quotations);
}
