package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts chunks of text into tokens. The model looks at nothing outside a chunk, so what it makes of
 * one is remembered. Thread-safe.
 */
final class Tokenizer {
  // The model looks at a chunk again for each of its characters: quadratic in its length.
  private static final int LONGEST_CUT = 200;
  // A chunk that is longer is seldom met twice.
  private static final int LONGEST_REMEMBERED = 24;
  // A novel has 20,000 chunks; the words in them are mostly those that the tagger remembers.
  private static final int REMEMBERED = 24_000;

  private final CutParameters parameters;
  private final Tagger tagger;
  private final BoundedMemo<Chunk> memo = new BoundedMemo<>(REMEMBERED);
  private final Function<String, Chunk> cut = this::cut;

  /**
   * @param tagger says what is known of the words
   */
  Tokenizer(CutParameters parameters, Tagger tagger) {
    this.parameters = parameters;
    this.tagger = tagger;
  }

  /** The same tokenizer with another tagger, remembering nothing yet. */
  Tokenizer forgetful(Tagger other) {
    return new Tokenizer(parameters, other);
  }

  /** The tokens of a chunk, not empty and without spaces. */
  Chunk chunk(String text) {
    return text.length() > LONGEST_REMEMBERED ? cut(text) : memo.get(text, cut);
  }

  /** Where the model's tokens end, in UTF-16 units of the chunk; the last is its length. */
  List<Integer> ends(String chunk) {
    List<Integer> ends = new ArrayList<>();
    if (chunk.length() <= LONGEST_CUT) {
      for (int i = 1; i < chunk.length(); i++) {
        if (parameters.cutsAt(chunk, i)) {
          ends.add(i);
        }
      }
    }
    ends.add(chunk.length());
    return ends;
  }

  private Chunk cut(String text) {
    List<Integer> bounds = new ArrayList<>();
    int from = 0;
    for (int end : ends(text)) {
      split(text, from, end, bounds);
      from = end;
    }
    List<Word> words = new ArrayList<>(bounds.size() / 2);
    for (int i = 0; i < bounds.size(); i += 2) {
      words.add(tagger.word(text.substring(bounds.get(i), bounds.get(i + 1))));
    }
    return new Chunk(bounds.stream().mapToInt(Integer::intValue).toArray(), words);
  }

  /** Cuts a token at dashes and underscores, which the model leaves inside words. */
  private static void split(String text, int start, int end, List<Integer> bounds) {
    int from = start;
    for (int i = start; i < end; i++) {
      int dash = dash(text, i);
      if (dash > 0) {
        add(from, i, bounds);
        add(i, Math.min(i + dash, end), bounds);
        from = i + dash;
        i = from - 1;
      }
    }
    add(from, end, bounds);
  }

  private static void add(int from, int to, List<Integer> bounds) {
    if (to > from) {
      bounds.add(from);
      bounds.add(to);
    }
  }

  private static int dash(String text, int i) {
    return switch (text.charAt(i)) {
      case '—', '–', '_', '…' -> 1;
      case '-' -> text.startsWith("--", i) ? 2 : 0;
      default -> 0;
    };
  }
}
