package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.List;

/** Gives large initials back to the words they were cut from. */
final class DropCaps {
  private static final float LARGE = 1.8f;

  private final float bodySize;
  private final Vocabulary vocabulary;

  DropCaps(float bodySize, Vocabulary vocabulary) {
    this.bodySize = bodySize;
    this.vocabulary = vocabulary;
  }

  /**
   * Joins every initial to the uppermost line beside it; the other lines beside it count as lines
   * that begin at the column's edge.
   *
   * @return the lines in order, without the initials
   */
  List<Line> rejoin(List<Line> lines) {
    List<Line> result = lines;
    for (Line line : lines) {
      if (isInitial(line)) {
        result = rejoin(line, result);
      }
    }
    return result;
  }

  private boolean isInitial(Line line) {
    return line.size() >= LARGE * bodySize && isLetters(line);
  }

  private static boolean isLetters(Line line) {
    int letters = line.text().codePointCount(0, line.text().length());
    return letters <= 2 && Character.isLetter(line.text().codePointBefore(line.text().length()));
  }

  /** True when the line is a large letter beside which the text goes on, and so no heading. */
  static boolean isDropped(List<Line> lines, int at) {
    Line line = lines.get(at);
    return isLetters(line)
        && ((at > 0 && isRightOf(lines.get(at - 1), line))
            || (at + 1 < lines.size() && isRightOf(lines.get(at + 1), line)));
  }

  private static boolean isRightOf(Line line, Line initial) {
    return line.size() * LARGE <= initial.size()
        && line.x() >= initial.endX() - 1
        && line.y() > initial.y() - initial.size()
        && line.y() <= initial.y() + 0.3f * line.size();
  }

  private List<Line> rejoin(Line initial, List<Line> lines) {
    Line first = null;
    for (Line line : lines) {
      if (isBeside(line, initial) && (first == null || line.y() < first.y())) {
        first = line;
      }
    }
    if (first == null) {
      return lines;
    }
    List<Line> joined = new ArrayList<>(lines.size());
    for (Line line : lines) {
      if (line.equals(first)) {
        joined.add(at(initial.x(), line.withText(join(initial.text(), line.text()), List.of())));
      } else if (!line.equals(initial)) {
        joined.add(isBeside(line, initial) ? at(initial.x(), line) : line);
      }
    }
    return joined;
  }

  private boolean isBeside(Line line, Line initial) {
    return Typography.sameSize(line.size(), bodySize)
        && line.y() > initial.y() - initial.size()
        && line.y() < initial.y() + 0.3f * bodySize
        && line.x() > initial.x() - bodySize
        && line.x() < initial.endX() + 3 * bodySize;
  }

  private String join(String initial, String rest) {
    int space = rest.indexOf(' ');
    String word = space < 0 ? rest : rest.substring(0, space);
    boolean ownWord = vocabulary.contains(word) && !vocabulary.contains(initial + word);
    return ownWord && vocabulary.contains(initial) ? initial + " " + rest : initial + rest;
  }

  private static Line at(float x, Line line) {
    return new Line(line.text(), x, line.endX(), line.y(), line.size(), line.bold(), line.marks());
  }
}
