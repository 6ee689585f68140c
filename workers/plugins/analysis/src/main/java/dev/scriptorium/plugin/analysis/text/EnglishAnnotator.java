package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;

/** Reads English with the models. Holds buffers of its own: for one thread. */
final class EnglishAnnotator implements Annotator {
  // The tokenizer looks at a chunk again for each of its characters: quadratic in its length.
  private static final int LONGEST_CHUNK = 200;

  private final SentenceDetectorME detector;
  private final TokenizerME tokenizer;
  private final POSTaggerME tagger;

  EnglishAnnotator(SentenceModel sentences, TokenizerModel tokens, POSModel tags) {
    this.detector = new SentenceDetectorME(sentences);
    this.tokenizer = new TokenizerME(tokens);
    this.tagger = new POSTaggerME(tags);
  }

  @Override
  public List<Sentence> annotate(String text, int start, int end, Quotations quotations) {
    String plain = plain(text.substring(start, end));
    List<Sentence> found = new ArrayList<>();
    for (Span span : SentenceBreaks.repair(plain, detector.sentPosDetect(plain))) {
      List<Span> tokens = tokens(plain, span);
      if (!tokens.isEmpty()) {
        found.add(
            new Sentence(
                start + span.getStart(),
                start + span.getEnd(),
                tagged(text, start, plain, tokens, quotations)));
      }
    }
    return found;
  }

  private List<Token> tagged(
      String text, int start, String plain, List<Span> spans, Quotations quotations) {
    String[] words =
        spans.stream().map(span -> span.getCoveredText(plain).toString()).toArray(String[]::new);
    String[] tags = tagger.tag(words);
    List<Token> tokens = new ArrayList<>(words.length);
    for (int i = 0; i < words.length; i++) {
      int from = start + spans.get(i).getStart();
      int to = start + spans.get(i).getEnd();
      tokens.add(
          new Token(
              text.substring(from, to),
              words[i].toLowerCase(Locale.ROOT),
              from,
              to,
              tags[i],
              quotations.quoted(from)));
    }
    return tokens;
  }

  /** Tokens of a sentence, as spans of {@code plain}. */
  private List<Span> tokens(String plain, Span sentence) {
    String covered = sentence.getCoveredText(plain).toString();
    List<Span> tokens = new ArrayList<>();
    int from = 0;
    for (Span chunk : longChunks(covered)) {
      addTokens(covered, from, chunk.getStart(), sentence.getStart(), tokens);
      tokens.add(new Span(chunk, sentence.getStart()));
      from = chunk.getEnd();
    }
    addTokens(covered, from, covered.length(), sentence.getStart(), tokens);
    return tokens;
  }

  private void addTokens(String sentence, int from, int to, int offset, List<Span> tokens) {
    String part = sentence.substring(from, to);
    for (Span span : tokenizer.tokenizePos(part)) {
      split(part, span, offset + from, tokens);
    }
  }

  /** Cuts a token at dashes and underscores, which the model leaves inside words. */
  private static void split(String part, Span span, int offset, List<Span> tokens) {
    int from = span.getStart();
    for (int i = from; i < span.getEnd(); i++) {
      int dash = dash(part, i);
      if (dash > 0) {
        add(from, i, offset, tokens);
        add(i, Math.min(i + dash, span.getEnd()), offset, tokens);
        from = i + dash;
        i = from - 1;
      }
    }
    add(from, span.getEnd(), offset, tokens);
  }

  private static void add(int from, int to, int offset, List<Span> tokens) {
    if (to > from) {
      tokens.add(new Span(offset + from, offset + to));
    }
  }

  private static int dash(String part, int i) {
    return switch (part.charAt(i)) {
      case '—', '–', '_', '…' -> 1;
      case '-' -> part.startsWith("--", i) ? 2 : 0;
      default -> 0;
    };
  }

  private static List<Span> longChunks(String sentence) {
    List<Span> chunks = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= sentence.length(); i++) {
      if (i == sentence.length() || Character.isWhitespace(sentence.charAt(i))) {
        if (i - from > LONGEST_CHUNK) {
          chunks.add(new Span(from, i));
        }
        from = i + 1;
      }
    }
    return chunks;
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
