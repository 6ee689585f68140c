package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;
import opennlp.tools.util.Span;

/** Reads English with the models. Thread-safe. */
final class EnglishAnnotator implements Annotator {
  private final SentenceDetector detector;
  private final Tokenizer tokenizer;
  private final Tagger tagger;

  EnglishAnnotator(SentenceDetector detector, Tokenizer tokenizer, Tagger tagger) {
    this.detector = detector;
    this.tokenizer = tokenizer;
    this.tagger = tagger;
  }

  @Override
  public List<Sentence> annotate(String text, int start, int end, Quotations quotations) {
    String plain = plain(text.substring(start, end));
    List<Sentence> found = new ArrayList<>();
    for (Span span : SentenceBreaks.repair(plain, detector.sentences(plain))) {
      List<Token> tokens = tokens(text, start, plain, span, quotations);
      if (!tokens.isEmpty()) {
        found.add(new Sentence(start + span.getStart(), start + span.getEnd(), tokens));
      }
    }
    return found;
  }

  private List<Token> tokens(
      String text, int start, String plain, Span sentence, Quotations quotations) {
    List<Chunk> chunks = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    int[] offsets = new int[sentence.length() / 2 + 1];
    int from = sentence.getStart();
    for (int i = from; i <= sentence.getEnd(); i++) {
      if (i == sentence.getEnd() || Blanks.blank(plain.charAt(i))) {
        if (i > from) {
          offsets[chunks.size()] = start + from;
          Chunk chunk = tokenizer.chunk(plain.substring(from, i));
          chunks.add(chunk);
          words.addAll(chunk.words());
        }
        from = i + 1;
      }
    }
    return tokens(text, chunks, offsets, tagger.tagWords(words), quotations);
  }

  private List<Token> tokens(
      String text, List<Chunk> chunks, int[] offsets, int[] tags, Quotations quotations) {
    List<Token> tokens = new ArrayList<>(tags.length);
    for (int c = 0; c < chunks.size(); c++) {
      Chunk chunk = chunks.get(c);
      for (int w = 0; w < chunk.words().size(); w++) {
        Word word = chunk.words().get(w);
        int from = offsets[c] + chunk.bounds()[2 * w];
        int to = offsets[c] + chunk.bounds()[2 * w + 1];
        String form = text.startsWith(word.text(), from) ? word.text() : text.substring(from, to);
        String tag = tagger.name(tags[tokens.size()]);
        tokens.add(new Token(form, word.lower(), from, to, tag, quotations.quoted(from)));
      }
    }
    return tokens;
  }

  /** The same text, of the same length, with the straight marks that the models know. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      switch (plain.charAt(i)) {
        case '“', '”', '„', '«', '»' -> plain.setCharAt(i, '"');
        case '‘', '’' -> plain.setCharAt(i, '\'');
        case '\u00a0', '\u2009', '\u202f', '\u2003', '\u2060' -> plain.setCharAt(i, ' ');
        default -> {}
      }
    }
    return plain.toString();
  }
}
