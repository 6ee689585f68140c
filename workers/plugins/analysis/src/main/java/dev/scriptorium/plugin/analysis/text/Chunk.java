package dev.scriptorium.plugin.analysis.text;

import java.util.List;

/**
 * What stands between two spaces, cut into tokens.
 *
 * @param bounds where each token begins and one past its end, in UTF-16 units of the chunk
 * @param words the tokens
 */
@SuppressWarnings("ArrayRecordComponent") // Two numbers a token in the hot path; never compared.
record Chunk(int[] bounds, List<Word> words) {
  Chunk {
    words = List.copyOf(words);
  }
}
