package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;

/** Reads chapters paragraph by paragraph, so that no more than one is held in memory, read. */
public final class ChapterReader {
  // A text without blank lines would otherwise be one paragraph of a whole book.
  private static final int LONGEST_PARAGRAPH = 20_000;

  private final Annotator annotator;

  private ChapterReader(Annotator annotator) {
    this.annotator = annotator;
  }

  /** A reader of English, for one thread. */
  public static ChapterReader english(EnglishModels models) {
    return new ChapterReader(models.annotator());
  }

  /**
   * A reader of any other language, for one thread; tokens carry no tags.
   *
   * @param language BCP 47
   */
  public static ChapterReader plain(String language) {
    return new ChapterReader(new PlainAnnotator(language));
  }

  /**
   * Hands over the paragraphs of a chapter in order.
   *
   * @param text canonical text
   */
  public <X extends Exception> void read(String text, Listener<X> listener) throws X {
    for (int[] bounds : paragraphs(text)) {
      Quotations quotations = Quotations.of(text, bounds[0], bounds[1]);
      List<Sentence> sentences = annotator.annotate(text, bounds[0], bounds[1], quotations);
      Paragraph paragraph = new Paragraph(bounds[0], bounds[1], sentences, quotations.framed());
      if (!listener.paragraph(paragraph)) {
        return;
      }
    }
  }

  /** Takes paragraphs. */
  @FunctionalInterface
  public interface Listener<X extends Exception> {
    /** Returns false to stop the reading. */
    boolean paragraph(Paragraph paragraph) throws X;
  }

  private static List<int[]> paragraphs(String text) {
    List<int[]> found = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int blank = text.indexOf("\n\n", from);
      int to = blank < 0 ? text.length() : blank;
      addPieces(text, from, to, found);
      from = to + 2;
    }
    return found;
  }

  private static void addPieces(String text, int from, int to, List<int[]> found) {
    int start = from;
    while (to - start > LONGEST_PARAGRAPH) {
      int cut = cut(text, start);
      addTrimmed(text, start, cut, found);
      start = cut;
    }
    addTrimmed(text, start, to, found);
  }

  /** Where to cut a piece that begins at {@code start}: after a space, never inside a pair. */
  private static int cut(String text, int start) {
    int longest = start + LONGEST_PARAGRAPH;
    int space = text.lastIndexOf(' ', longest - 1);
    if (space > start) {
      return space + 1;
    }
    return Character.isLowSurrogate(text.charAt(longest)) ? longest - 1 : longest;
  }

  private static void addTrimmed(String text, int from, int to, List<int[]> found) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (end > start) {
      found.add(new int[] {start, end});
    }
  }
}
