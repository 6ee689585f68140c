package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.Words.Word;
import dev.scriptorium.v1.SearchTextResponse.Match;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where in a stretch of text the words of a query stand closest together, and cuts some text
 * out around them.
 */
final class Snippets {
  private static final int BEFORE = 60;
  private static final int LENGTH = 200;

  /**
   * A piece of text.
   *
   * @param offset of the first word of the query in the stretch, in code points
   * @param end one past the last code point of that word
   * @param text without line breaks
   * @param matches words of the query in it
   */
  record Snippet(int offset, int end, String text, List<Match> matches) {}

  private Snippets() {}

  /**
   * @param stretch the text that was found
   * @param words its words that the query means, in order; when there are none the stretch's
   *     beginning is shown
   */
  static Snippet of(String stretch, List<Word> words) {
    if (words.isEmpty()) {
      return cut(stretch, new Word("", 0, 0), words);
    }
    return cut(stretch, best(words), words);
  }

  // The word from which on most different words stand within a snippet; the first of such.
  private static Word best(List<Word> words) {
    Word best = words.getFirst();
    long most = 0;
    for (int i = 0; i < words.size(); i++) {
      int last = words.get(i).start() + LENGTH - BEFORE;
      long different =
          words.subList(i, Math.min(words.size(), i + 20)).stream()
              .filter(word -> word.end() <= last)
              .map(word -> Words.fold(word.text()))
              .distinct()
              .count();
      if (different > most) {
        most = different;
        best = words.get(i);
      }
    }
    return best;
  }

  private static Snippet cut(String text, Word first, List<Word> words) {
    int from = atWord(text, Math.max(0, first.start() - BEFORE), 1);
    from = Math.min(from, first.start());
    int to = atWord(text, Math.min(text.length(), from + LENGTH), -1);
    to = Math.max(to, first.end());
    String piece = text.substring(from, to);
    List<Match> matches = new ArrayList<>();
    for (Word word : words) {
      if (word.start() >= from && word.end() <= to) {
        int start = piece.codePointCount(0, word.start() - from);
        matches.add(
            Match.newBuilder()
                .setStart(start)
                .setEnd(start + word.text().codePointCount(0, word.text().length()))
                .build());
      }
    }
    int offset = text.codePointCount(0, first.start());
    return new Snippet(
        offset,
        offset + first.text().codePointCount(0, first.text().length()),
        // One for one, so that the matches stay where they are.
        piece.replaceAll("\\s", " "),
        matches);
  }

  /** The nearest border of a word in a direction; the index itself when none is near. */
  private static int atWord(String text, int index, int step) {
    int at = index;
    for (int i = 0; i < 30 && at > 0 && at < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(at - 1)) || Character.isWhitespace(text.charAt(at))) {
        return Character.isWhitespace(text.charAt(at)) && step > 0 ? at + 1 : at;
      }
      at += step;
    }
    boolean inPair =
        index > 0
            && index < text.length()
            && Character.isLowSurrogate(text.charAt(index))
            && Character.isHighSurrogate(text.charAt(index - 1));
    return inPair ? index - 1 : index;
  }
}
