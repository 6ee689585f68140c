package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;

/**
 * Cuts chunks of text into tokens. The model looks at nothing outside a chunk, so what it makes of
 * one is remembered, in a memory that all threads share. For one thread.
 */
final class Tokenizer {
  // The model looks at a chunk again for each of its characters: quadratic in its length.
  private static final int LONGEST_CUT = 200;
  // A chunk that is longer is seldom met twice.
  private static final int LONGEST_REMEMBERED = 24;

  private final TokenizerME model;
  private final Tagger tagger;
  private final BoundedMemo<Chunk> memo;
  private final Function<String, Chunk> cut = this::cut;

  Tokenizer(TokenizerModel model, Tagger tagger, BoundedMemo<Chunk> memo) {
    this.model = new TokenizerME(model);
    this.tagger = tagger;
    this.memo = memo;
  }

  /** The tokens of a chunk, not empty and without spaces. */
  Chunk chunk(String text) {
    return text.length() > LONGEST_REMEMBERED ? cut(text) : memo.get(text, cut);
  }

  private Chunk cut(String text) {
    List<Span> spans = new ArrayList<>();
    if (text.length() > LONGEST_CUT) {
      spans.add(new Span(0, text.length()));
    } else {
      for (Span span : model.tokenizePos(text)) {
        split(text, span, spans);
      }
    }
    int[] bounds = new int[2 * spans.size()];
    List<Word> words = new ArrayList<>(spans.size());
    for (Span span : spans) {
      bounds[2 * words.size()] = span.getStart();
      bounds[2 * words.size() + 1] = span.getEnd();
      words.add(tagger.word(text.substring(span.getStart(), span.getEnd())));
    }
    return new Chunk(bounds, words);
  }

  /** Cuts a token at dashes and underscores, which the model leaves inside words. */
  private static void split(String text, Span span, List<Span> spans) {
    int from = span.getStart();
    for (int i = from; i < span.getEnd(); i++) {
      int dash = dash(text, i);
      if (dash > 0) {
        add(from, i, spans);
        add(i, Math.min(i + dash, span.getEnd()), spans);
        from = i + dash;
        i = from - 1;
      }
    }
    add(from, span.getEnd(), spans);
  }

  private static void add(int from, int to, List<Span> spans) {
    if (to > from) {
      spans.add(new Span(from, to));
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
