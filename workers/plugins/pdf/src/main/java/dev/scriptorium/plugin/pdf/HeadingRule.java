package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.LineJoint;
import dev.scriptorium.plugin.pdf.PageLayout.Placed;
import java.util.List;
import java.util.Set;

/** By what the lines are known with which chapters of a book begin. */
sealed interface HeadingRule {
  /** Chars of a title that are kept. */
  int LONGEST_TITLE = 200;

  /** True when the line is one of a chapter's heading. */
  boolean isHeading(List<Placed> lines, int at);

  /** True when the line belongs to the heading that the line before is of. */
  default boolean goesOn(List<Placed> lines, int at) {
    return at > 0 && isHeading(lines, at) && isHeading(lines, at - 1);
  }

  /** The text of the heading that begins with this line. */
  default String title(List<Placed> lines, int at) {
    StringBuilder title = new StringBuilder(lines.get(at).line().text());
    for (int i = at + 1; i < lines.size() && goesOn(lines, i); i++) {
      String next = lines.get(i).line().text();
      title.append(LineJoint.between(title.toString(), next)).append(next);
    }
    return title.substring(0, Math.min(title.length(), LONGEST_TITLE));
  }

  /**
   * By large type.
   *
   * @param steps sizes of chapter headings, as in {@link Headings#step}
   */
  record BySize(Set<Integer> steps) implements HeadingRule {
    public BySize {
      steps = Set.copyOf(steps);
    }

    @Override
    public boolean isHeading(List<Placed> lines, int at) {
      Line line = lines.get(at).line();
      return steps.contains(Headings.step(line.size())) && Headings.isShortText(line);
    }
  }

  /**
   * By their numbers, in the type of the text.
   *
   * @param named true when a word such as "Chapter" stands before the number; false for numbers
   *     alone
   * @param distance of base lines in points, at least, above a heading that does not begin its page
   */
  record ByNumber(boolean named, float distance) implements HeadingRule {
    @Override
    public boolean isHeading(List<Placed> lines, int at) {
      Line line = lines.get(at).line();
      boolean numbered =
          named ? ChapterNumbers.named(line.text()) > 0 : ChapterNumbers.alone(line.text()) > 0;
      return numbered && (lines.get(at).startsColumn() || isSetApart(lines, at));
    }

    private boolean isSetApart(List<Placed> lines, int at) {
      return at == 0 || lines.get(at).line().y() - lines.get(at - 1).line().y() >= distance;
    }

    @Override
    public boolean goesOn(List<Placed> lines, int at) {
      return false;
    }
  }
}
