package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;

/** Reads chapters paragraph by paragraph, so that no more than one is held in memory, read. */
public final class ChapterReader {
  // A text without blank lines would otherwise be one paragraph of a whole book.
  private static final int LONGEST_PARAGRAPH = 20_000;

  // The library's models look from each full stop to the next blank on both sides.
  private static final int LONGEST_RUN = 5_000;

  private final Annotator annotator;
  private final int longestRun;

  private ChapterReader(Annotator annotator, int longestRun) {
    this.annotator = annotator;
    this.longestRun = longestRun;
  }

  /** A reader of English, for one thread. */
  public static ChapterReader english(EnglishModels models) {
    return new ChapterReader(models.annotator(), LONGEST_RUN);
  }

  /**
   * A reader of any other language, for one thread; tokens carry no tags.
   *
   * @param language BCP 47
   */
  public static ChapterReader plain(String language) {
    return new ChapterReader(new PlainAnnotator(language), LONGEST_PARAGRAPH);
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

  private List<int[]> paragraphs(String text) {
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

  private void addPieces(String text, int from, int to, List<int[]> found) {
    int start = from;
    while (start < to) {
      int end = end(text, start, to);
      addTrimmed(text, start, end, found);
      start = end;
    }
  }

  /**
   * Where a piece ends that begins at {@code start}: at {@code to}, or where it becomes too long,
   * after a space, never inside a pair.
   */
  private int end(String text, int start, int to) {
    if (to - start <= longestRun) {
      return to;
    }
    int space = start;
    int longest = Math.min(to, start + LONGEST_PARAGRAPH);
    for (int i = start; i < longest; i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        space = i + 1;
      } else if (i - space >= longestRun) {
        return wholeCharacter(text, i);
      }
    }
    if (longest == to) {
      return to;
    }
    return space > start ? space : wholeCharacter(text, longest);
  }

  private static int wholeCharacter(String text, int index) {
    return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
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
