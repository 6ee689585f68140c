package dev.scriptorium.plugin.analysis.text;

import java.util.List;

/**
 * A sentence.
 *
 * @param start UTF-16 index in the chapter
 * @param end one past the last
 * @param tokens not empty
 */
public record Sentence(int start, int end, List<Token> tokens) {
  /** Copies the list. */
  public Sentence {
    tokens = List.copyOf(tokens);
  }

  /** Words outside quotation marks. */
  public int narratedWords() {
    return (int) tokens.stream().filter(token -> token.word() && !token.quoted()).count();
  }
}
