package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes footnotes out of the text of pages. A footnote is a run of lines at the foot of a page,
 * after a gap or in smaller type, that begins with a number or sign which stands raised in the text
 * above it or on the page before. What has no such reference stays in the text. Pages are handed
 * over in order. Not thread-safe.
 */
final class Footnotes {
  private static final Pattern LABEL =
      Pattern.compile(
          "[\\[(]?(\\d{1,3}|[*†‡§¶]{1,3}|\\p{Ll})[\\])]?[.:]?(?=\\s|\\p{Lu}|[“‘\"(]) ?");

  private static final float SMALL = 0.93f;
  private static final float WIDE_DISTANCE = 1.8f;

  /** Share of the page above which no footnotes begin. */
  private static final float UPPER_PART = 0.3f;

  private final Typography typography;
  private final Hyphens hyphens;

  Footnotes(Typography typography, Hyphens hyphens) {
    this.typography = typography;
    this.hyphens = hyphens;
  }

  /** A note; its text grows while it goes on over a page. */
  static final class Footnote {
    private final String label;
    private final StringBuilder text = new StringBuilder();
    private boolean referenced;

    private Footnote(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    String text() {
      return text.toString();
    }
  }

  /**
   * A page whose notes were taken out.
   *
   * @param lines of the text; their marks are the references to notes, and no longer in the text
   * @param referenced the notes that the marks refer to, in the order of the marks
   * @param notes those that stand on this page
   */
  record Page(
      int number, float height, List<Line> lines, List<Footnote> referenced, List<Footnote> notes) {
    static final Page NONE = new Page(0, 1, List.of(), List.of(), List.of());
  }

  /**
   * Takes the notes out of a page.
   *
   * @param before the page before, whose references may wait for a note on this one
   * @param lines of the page, without heads and page numbers
   */
  Page split(Page before, int number, float height, List<Line> lines) {
    int start = start(before, height, lines);
    List<Line> text = new ArrayList<>(lines.subList(0, start));
    List<Footnote> notes = new ArrayList<>();
    for (Line line : lines.subList(start, lines.size())) {
      Matcher label = LABEL.matcher(line.text());
      if (label.lookingAt() && isReferenced(label.group(1), before, text)) {
        notes.add(new Footnote(label.group(1)));
        append(notes.getLast(), line.text().substring(label.end()));
      } else if (!notes.isEmpty()) {
        append(notes.getLast(), line.text());
      } else {
        append(before.notes().getLast(), line.text());
      }
    }
    return new Page(number, height, text, List.of(), notes);
  }

  /** Index of the first line that belongs to notes. */
  private int start(Page before, float height, List<Line> lines) {
    int start = lines.size();
    for (int i = lines.size() - 1; i > 0 && goesDown(lines, i, height); i--) {
      Matcher label = LABEL.matcher(lines.get(i).text());
      if (isSetApart(lines, i)
          && label.lookingAt()
          && isReferenced(label.group(1), before, lines.subList(0, i))) {
        start = i;
      }
    }
    return continuation(before, height, lines, start);
  }

  private static boolean goesDown(List<Line> lines, int i, float height) {
    boolean lower = lines.get(i).y() > UPPER_PART * height;
    return lower && (i + 1 == lines.size() || lines.get(i + 1).y() > lines.get(i).y());
  }

  private boolean isSetApart(List<Line> lines, int i) {
    Line line = lines.get(i);
    float distance = line.y() - lines.get(i - 1).y();
    return isSmall(line) || distance > WIDE_DISTANCE * typography.leading(line.size());
  }

  private boolean isSmall(Line line) {
    return line.size() <= SMALL * typography.bodySize();
  }

  /** Small lines right above the first note, or at the foot, that go on with a note from before. */
  private int continuation(Page before, float height, List<Line> lines, int start) {
    int first = start;
    while (!before.notes().isEmpty()
        && first > 1
        && isSmall(lines.get(first - 1))
        && goesDown(lines, first - 1, height)) {
      first--;
    }
    return first;
  }

  private static boolean isReferenced(String label, Page before, List<Line> text) {
    return hasMark(label, text) || hasMark(label, before.lines());
  }

  private static boolean hasMark(String label, List<Line> lines) {
    for (Line line : lines) {
      for (Line.Mark mark : line.marks()) {
        if (bare(mark.label()).equals(label) && followsWord(line.text(), mark.start())) {
          return true;
        }
      }
    }
    return false;
  }

  /** False behind a single letter, where a raised number is a power. */
  private static boolean followsWord(String text, int mark) {
    int at = mark > 0 && text.charAt(mark - 1) == ' ' ? mark - 1 : mark;
    return at >= 2
        && (!Character.isLetter(text.charAt(at - 1)) || Character.isLetter(text.charAt(at - 2)));
  }

  private void append(Footnote note, String line) {
    StringBuilder text = note.text;
    if (text.isEmpty()) {
      text.append(line);
      return;
    }
    String before = text.toString();
    if (!Hyphens.endsWithHyphen(before)) {
      text.append(hyphens.between(before, line)).append(line);
      return;
    }
    int start = text.lastIndexOf(" ") + 1;
    int space = line.indexOf(' ');
    String joined =
        hyphens.join(text.substring(start), space < 0 ? line : line.substring(0, space));
    text.replace(start, text.length(), joined).append(line);
  }

  /**
   * Binds the references of a page to its notes and to those of the page after it, and takes the
   * labels out of its text.
   */
  Page resolve(Page page, Page after) {
    List<Line> lines = new ArrayList<>(page.lines().size());
    List<Footnote> referenced = new ArrayList<>();
    for (Line line : page.lines()) {
      lines.add(line.marks().isEmpty() ? line : resolve(line, page, after, referenced));
    }
    bindTheRest(page, lines, referenced);
    return new Page(page.number(), page.height(), lines, referenced, page.notes());
  }

  /** A note whose reference belongs to another note is bound to the end of its page. */
  private static void bindTheRest(Page page, List<Line> lines, List<Footnote> referenced) {
    for (Footnote note : page.notes()) {
      if (!note.referenced && !lines.isEmpty()) {
        Line last = lines.removeLast();
        List<Line.Mark> marks = new ArrayList<>(last.marks());
        marks.add(new Line.Mark(last.text().length(), note.label()));
        lines.add(last.withText(last.text(), marks));
        note.referenced = true;
        referenced.add(note);
      }
    }
  }

  private static Line resolve(Line line, Page page, Page after, List<Footnote> referenced) {
    StringBuilder text = new StringBuilder(line.text());
    List<Line.Mark> marks = new ArrayList<>();
    int removed = 0;
    for (Line.Mark mark : line.marks()) {
      Footnote note = find(bare(mark.label()), page, after);
      if (note.label().isEmpty() || !followsWord(line.text(), mark.start())) {
        continue;
      }
      note.referenced = true;
      referenced.add(note);
      int start = mark.start() - removed;
      text.delete(start, start + mark.label().length());
      removed += mark.label().length();
      marks.add(new Line.Mark(start, note.label()));
    }
    String stripped = text.toString().stripTrailing();
    if (stripped.isBlank()) {
      return line.withText(line.text(), clamped(marks, line.text().length()));
    }
    return line.withText(stripped, clamped(marks, stripped.length()));
  }

  private static List<Line.Mark> clamped(List<Line.Mark> marks, int length) {
    return marks.stream()
        .map(mark -> new Line.Mark(Math.min(mark.start(), length), mark.label()))
        .toList();
  }

  /** A note that nothing refers to yet; one without label when there is none. */
  private static Footnote find(String label, Page page, Page after) {
    for (List<Footnote> notes : List.of(page.notes(), after.notes())) {
      for (Footnote note : notes) {
        if (note.label().equals(label) && !note.referenced) {
          return note;
        }
      }
    }
    return new Footnote("");
  }

  private static String bare(String label) {
    int start = 0;
    int end = label.length();
    while (start < end && "[(".indexOf(label.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && "]).:".indexOf(label.charAt(end - 1)) >= 0) {
      end--;
    }
    return label.substring(start, end);
  }
}
