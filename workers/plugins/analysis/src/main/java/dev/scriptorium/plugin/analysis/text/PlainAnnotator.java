package dev.scriptorium.plugin.analysis.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads any language by the rules of Unicode, without tags. */
final class PlainAnnotator implements Annotator {
  private final BreakIterator sentences;
  private final BreakIterator words;

  /**
   * @param language BCP 47
   */
  PlainAnnotator(String language) {
    Locale locale = Locale.forLanguageTag(language);
    this.sentences = BreakIterator.getSentenceInstance(locale);
    this.words = BreakIterator.getWordInstance(locale);
  }

  @Override
  public List<Sentence> annotate(String text, int start, int end, Quotations quotations) {
    String piece = text.substring(start, end);
    sentences.setText(piece);
    List<Sentence> found = new ArrayList<>();
    int from = sentences.first();
    for (int to = sentences.next(); to != BreakIterator.DONE; to = sentences.next()) {
      List<Token> tokens = tokens(piece.substring(from, to), start + from, quotations);
      if (!tokens.isEmpty()) {
        found.add(new Sentence(tokens.getFirst().start(), tokens.getLast().end(), tokens));
      }
      from = to;
    }
    return found;
  }

  private List<Token> tokens(String sentence, int offset, Quotations quotations) {
    words.setText(sentence);
    List<Token> tokens = new ArrayList<>();
    int from = words.first();
    for (int to = words.next(); to != BreakIterator.DONE; to = words.next()) {
      String token = sentence.substring(from, to);
      if (!token.isBlank()) {
        int at = offset + from;
        tokens.add(
            new Token(
                token, token.toLowerCase(Locale.ROOT), at, offset + to, "", quotations.quoted(at)));
      }
      from = to;
    }
    return tokens;
  }
}
