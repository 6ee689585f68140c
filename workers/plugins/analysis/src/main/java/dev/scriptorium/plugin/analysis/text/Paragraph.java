package dev.scriptorium.plugin.analysis.text;

import java.util.List;

/**
 * A paragraph, read.
 *
 * @param start UTF-16 index in the chapter
 * @param end one past the last
 * @param sentences in order; empty when it has no token
 * @param framed true when it opens a quotation that it does not close: a tale inside the tale
 */
public record Paragraph(int start, int end, List<Sentence> sentences, boolean framed) {
  /** Copies the list. */
  public Paragraph {
    sentences = List.copyOf(sentences);
  }
}
