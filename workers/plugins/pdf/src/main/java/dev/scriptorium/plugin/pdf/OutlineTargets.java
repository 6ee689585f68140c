package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the lines that the entries of an outline point at. */
final class OutlineTargets {
  /** Lines of a heading, such as number and title, that may stand above the line with the title. */
  private static final int HEADING_LINES = 4;

  private static final int SHORT_TITLE = 3;
  private static final int LONGER_BY = 12;

  private final Map<Integer, List<Integer>> entriesByPage = new HashMap<>();
  private final List<Outline.Entry> outline;

  /**
   * A place where entries point.
   *
   * @param line index of the line; the number of lines when the place is below the last
   * @param entry index of the entry in the outline
   */
  record Target(int line, int entry) {}

  OutlineTargets(List<Outline.Entry> outline) {
    this.outline = outline;
    for (int i = 0; i < outline.size(); i++) {
      entriesByPage.computeIfAbsent(outline.get(i).page(), page -> new ArrayList<>()).add(i);
    }
  }

  /** The targets on a page, in the order of their lines and, on one line, of the outline. */
  List<Target> on(int page, List<Line> lines) {
    List<Target> targets = new ArrayList<>();
    int from = 0;
    for (int index : entriesByPage.getOrDefault(page, List.of())) {
      int line = find(outline.get(index), lines, from);
      targets.add(new Target(line, index));
      from = line;
    }
    return targets;
  }

  private static int find(Outline.Entry entry, List<Line> lines, int from) {
    int byTitle = byTitle(entry, lines, from);
    if (Float.isNaN(entry.y())) {
      return byTitle >= 0 ? byTitle : from;
    }
    int byPlace = byPlace(entry, lines, from);
    if (byTitle < 0) {
      return byPlace;
    }
    boolean headingAbove = byPlace < byTitle && byTitle - byPlace <= HEADING_LINES;
    return headingAbove ? byPlace : byTitle;
  }

  /** The first line whose base line is below the target; the end of the page when there is none. */
  private static int byPlace(Outline.Entry entry, List<Line> lines, int from) {
    for (int i = from; i < lines.size(); i++) {
      Line line = lines.get(i);
      boolean left = !Float.isNaN(entry.x()) && line.endX() < entry.x();
      if (line.y() >= entry.y() - 2 && !left) {
        return i;
      }
    }
    return lines.size();
  }

  /** The line that says the title, the nearest one to the target's place; -1 for none. */
  private static int byTitle(Outline.Entry entry, List<Line> lines, int from) {
    String title = letters(entry.title());
    int best = -1;
    for (int i = from; i < lines.size() && !title.isEmpty(); i++) {
      if (says(letters(lines.get(i).text()), title)
          && (best < 0 || distance(entry, lines.get(i)) < distance(entry, lines.get(best)))) {
        best = i;
      }
    }
    return best;
  }

  private static float distance(Outline.Entry entry, Line line) {
    return Float.isNaN(entry.y()) ? 0 : Math.abs(line.y() - entry.y());
  }

  private static boolean says(String line, String title) {
    if (line.equals(title)) {
      return true;
    }
    if (title.length() < SHORT_TITLE || line.length() < SHORT_TITLE) {
      return false;
    }
    return title.startsWith(line)
        || (line.contains(title) && line.length() <= title.length() + LONGER_BY);
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    text.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
    return letters.toString().toLowerCase(Locale.ROOT);
  }
}
