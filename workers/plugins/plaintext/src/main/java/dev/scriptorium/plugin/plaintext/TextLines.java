package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.LineJoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the paragraphs of a plain text. Files are written in three ways: lines of equal width with
 * blank lines between paragraphs, the same with indents, and one long line a paragraph. Lines are
 * told, never kept: a file may have millions of them.
 */
final class TextLines {
  private static final int MIN_WIDTH = 30;
  private static final int MAX_WIDTH = 110;

  /** What paragraphs of East Asian scripts begin with. */
  private static final char WIDE_SPACE = '\u3000';

  /** A paragraph of more lines is none, and would have to be held. */
  private static final int MAX_LINES = 10_000;

  private final String text;
  private final int width;
  private final boolean wrapped;
  private final boolean indents;

  TextLines(String text) {
    this.text = text;
    Shape shape = new Shape();
    forEachLine(shape::learn);
    width = shape.wrapWidth();
    wrapped = width >= MIN_WIDTH && width <= MAX_WIDTH;
    indents = wrapped && shape.usesIndents();
  }

  /**
   * A paragraph.
   *
   * @param lines joined by the reader, or kept when they are verse; not empty
   * @param verse true when the line ends mean something
   * @param firstLine number in the file, from 1
   */
  record Paragraph(List<String> lines, boolean verse, int firstLine) {
    String text() {
      return LineJoint.join(lines);
    }
  }

  /** Tells the paragraphs in order. */
  void forEach(Consumer<Paragraph> reader) {
    Gathering gathering = new Gathering(reader);
    forEachLine(gathering::take);
    gathering.end();
  }

  private void forEachLine(Consumer<String> reader) {
    forEachLine(text, reader);
  }

  /** Tells the lines of a text, without what ends them. */
  static void forEachLine(String text, Consumer<String> reader) {
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == '\f' || c == '\u0085' || c == '\u2028') {
        reader.accept(text.substring(start, i));
        i += c == '\r' && text.startsWith("\n", i + 1) ? 1 : 0;
        start = i + 1;
      }
    }
    reader.accept(text.substring(start));
  }

  /** Lines that end well before the margin, though another follows, are verse. */
  private Paragraph paragraph(List<String> lines, int first) {
    int shortLines = 0;
    for (int i = 0; i < lines.size() - 1; i++) {
      shortLines += lines.get(i).length() < width * 3 / 4 ? 1 : 0;
    }
    boolean verse = lines.size() > 1 && shortLines * 2 > lines.size() - 1;
    return new Paragraph(lines, verse, first);
  }

  private static int indent(String line) {
    if (line.startsWith("\t")) {
      return 4;
    }
    int width = 0;
    int at = 0;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == WIDE_SPACE)) {
      width += line.charAt(at) == WIDE_SPACE ? 2 : 1;
      at++;
    }
    return width >= 2 && at < line.length() ? width : 0;
  }

  /** Puts lines together. */
  private final class Gathering {
    private final Consumer<Paragraph> reader;
    private List<String> open = new ArrayList<>();
    private int number;
    private int first;

    Gathering(Consumer<Paragraph> reader) {
      this.reader = reader;
    }

    void take(String line) {
      number++;
      boolean blank = line.isBlank();
      boolean begins = !wrapped || (indents && indent(line) > 0);
      if (blank || begins || open.size() == MAX_LINES) {
        end();
      }
      if (!blank) {
        first = open.isEmpty() ? number : first;
        open.add(line.strip());
      }
    }

    void end() {
      if (!open.isEmpty()) {
        reader.accept(paragraph(open, first));
        open = new ArrayList<>();
      }
    }
  }

  /** What the lines of a file look like. */
  private static final class Shape {
    /** How many lines have each length; all longer ones are counted together. */
    private final int[] lengths = new int[MAX_WIDTH + 2];

    private int filled;
    private int blank;
    private int indented;

    void learn(String line) {
      if (line.isBlank()) {
        blank++;
        return;
      }
      filled++;
      indented += indent(line) > 0 ? 1 : 0;
      lengths[Math.min(line.length(), MAX_WIDTH + 1)]++;
    }

    /**
     * Length that nearly no line exceeds; lines of a paragraph that is one line exceed all bounds.
     */
    int wrapWidth() {
      long below = (filled - 1L) * 97 / 100;
      int width = 0;
      for (int seen = 0; width < lengths.length; width++) {
        seen += lengths[width];
        if (seen > below) {
          return width;
        }
      }
      return 0;
    }

    /** True when paragraphs are told by indents, there being few blank lines. */
    boolean usesIndents() {
      return indented > (filled + blank) / 50 && indented > 2 * blank;
    }
  }
}
