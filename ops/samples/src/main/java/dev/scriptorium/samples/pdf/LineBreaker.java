package dev.scriptorium.samples.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Breaks paragraphs into lines: as many words as fit, and half of the next when it may be broken.
 */
final class LineBreaker {
  /** A line that is filled to this share is left as it is. */
  private static final float FULL = 0.93f;

  private final Fonts fonts;
  private final Hyphenation hyphenation;
  private final float size;

  /**
   * A line.
   *
   * @param runs never empty
   * @param spaces number of spaces, which share what is left of the width
   * @param width natural width in points
   * @param last true at the paragraph's end
   */
  record SetLine(List<Run> runs, int spaces, float width, boolean last) {
    SetLine {
      runs = List.copyOf(runs);
    }
  }

  private record Word(String text, Run.Style style, boolean glued) {}

  /**
   * @param size of the letters, in points
   */
  LineBreaker(Fonts fonts, Hyphenation hyphenation, float size) {
    this.fonts = fonts;
    this.hyphenation = hyphenation;
    this.size = size;
  }

  /**
   * @param firstWidth width of the first line in points
   * @param width of the others
   */
  List<SetLine> lines(List<Run> runs, float firstWidth, float width) throws IOException {
    List<SetLine> lines = new ArrayList<>();
    List<Word> open = new ArrayList<>();
    float used = 0;
    for (Word word : words(runs)) {
      float available = lines.isEmpty() ? firstWidth : width;
      float space = open.isEmpty() || word.glued() ? 0 : width(" ", word.style());
      float needed = width(word.text(), word.style());
      Word rest = word;
      if (!open.isEmpty() && used + space + needed > available) {
        int half = used < FULL * available ? half(word, available - used - space) : 0;
        if (half > 0) {
          open.add(new Word(word.text().substring(0, half) + "-", word.style(), word.glued()));
          rest = new Word(word.text().substring(half), word.style(), false);
        }
        lines.add(line(open, false));
        open.clear();
        used = 0;
        space = 0;
      }
      open.add(rest);
      used += space + width(rest.text(), rest.style());
    }
    lines.add(line(open, true));
    return lines;
  }

  /** Letters of the word that fit with a hyphen; 0 for none. */
  private int half(Word word, float room) throws IOException {
    for (int length : hyphenation.breaks(word.text())) {
      if (width(word.text().substring(0, length) + "-", word.style()) <= room) {
        return length;
      }
    }
    return 0;
  }

  private static List<Word> words(List<Run> runs) {
    List<Word> words = new ArrayList<>();
    boolean glued = true;
    for (Run run : runs) {
      glued &= !run.text().startsWith(" ");
      for (String word : run.text().strip().split(" +", -1)) {
        words.add(new Word(word, run.style(), glued && !words.isEmpty()));
        glued = false;
      }
      glued = !run.text().endsWith(" ");
    }
    return words;
  }

  private SetLine line(List<Word> words, boolean last) throws IOException {
    List<Run> runs = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int spaces = 0;
    float width = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean space = i > 0 && !word.glued();
      String piece = (space ? " " : "") + word.text();
      spaces += space ? 1 : 0;
      width += width(piece, word.style());
      text.append(piece);
      if (i + 1 == words.size() || words.get(i + 1).style() != word.style()) {
        runs.add(new Run(text.toString(), word.style()));
        text.setLength(0);
      }
    }
    return new SetLine(runs, spaces, width, last);
  }

  private float width(String text, Run.Style style) throws IOException {
    return fonts.width(text, style, size);
  }
}
