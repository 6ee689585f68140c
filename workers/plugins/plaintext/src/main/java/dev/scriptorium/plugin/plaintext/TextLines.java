package dev.scriptorium.plugin.plaintext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the paragraphs of a plain text. Files are written in three ways: lines of equal width with
 * blank lines between paragraphs, the same with indents, and one long line a paragraph.
 */
final class TextLines {
  private static final int MIN_WIDTH = 30;
  private static final int MAX_WIDTH = 110;

  private TextLines() {}

  /**
   * A paragraph.
   *
   * @param lines joined by the reader, or kept when they are verse; not empty
   * @param verse true when the line ends mean something
   * @param firstLine number in the file, from 1
   */
  record Paragraph(List<String> lines, boolean verse, int firstLine) {
    String text() {
      return String.join(" ", lines);
    }
  }

  static List<Paragraph> paragraphs(String text) {
    String[] lines = text.replace("\r\n", "\n").split("[\n\r\f\u0085\u2028]", -1);
    int width = wrapWidth(lines);
    boolean wrapped = width >= MIN_WIDTH && width <= MAX_WIDTH;
    boolean indents = wrapped && usesIndents(lines);
    List<Paragraph> paragraphs = new ArrayList<>();
    List<String> open = new ArrayList<>();
    int first = 1;
    for (int i = 0; i < lines.length; i++) {
      boolean blank = lines[i].isBlank();
      boolean begins = !wrapped || (indents && indent(lines[i]) > 0);
      if ((blank || begins) && !open.isEmpty()) {
        paragraphs.add(paragraph(open, width, first));
        open = new ArrayList<>();
      }
      if (!blank) {
        first = open.isEmpty() ? i + 1 : first;
        open.add(lines[i].strip());
      }
    }
    if (!open.isEmpty()) {
      paragraphs.add(paragraph(open, width, first));
    }
    return paragraphs;
  }

  /** Lines that end well before the margin, though another follows, are verse. */
  private static Paragraph paragraph(List<String> lines, int width, int first) {
    long shortLines =
        lines.stream()
            .limit(lines.size() - 1L)
            .filter(line -> line.length() < width * 3 / 4)
            .count();
    boolean verse = lines.size() > 1 && shortLines * 2 > lines.size() - 1;
    return new Paragraph(lines, verse, first);
  }

  /**
   * Length that nearly no line exceeds; lines of a paragraph that is one line exceed all bounds.
   */
  private static int wrapWidth(String[] lines) {
    int[] lengths =
        Arrays.stream(lines)
            .filter(line -> !line.isBlank())
            .mapToInt(String::length)
            .sorted()
            .toArray();
    return lengths.length == 0 ? 0 : lengths[(lengths.length - 1) * 97 / 100];
  }

  /** True when paragraphs are told by indents, there being few blank lines. */
  private static boolean usesIndents(String[] lines) {
    int blank = 0;
    int indented = 0;
    for (String line : lines) {
      blank += line.isBlank() ? 1 : 0;
      indented += indent(line) > 0 ? 1 : 0;
    }
    return indented > lines.length / 50 && indented > 2 * blank;
  }

  private static int indent(String line) {
    if (line.startsWith("\t")) {
      return 4;
    }
    int at = 0;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at >= 2 && at < line.length() ? at : 0;
  }
}
