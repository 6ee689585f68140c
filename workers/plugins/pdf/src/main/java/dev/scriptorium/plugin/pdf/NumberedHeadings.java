package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds chapter headings that are set like the text but count: "Chapter I", "Chapter II", or the
 * numbers alone. Not thread-safe.
 */
final class NumberedHeadings {
  private static final int MAX_CANDIDATES = 10_000;

  /** Fewer numbers in a row are chance. */
  private static final int FEWEST = 3;

  /** Share of the headings that carry the next number after the one before. */
  private static final float COUNTING = 0.7f;

  /** Distance above a heading in lines of the text. */
  private static final float APART = 1.5f;

  private final List<Candidate> named = new ArrayList<>();
  private final List<Candidate> alone = new ArrayList<>();

  /**
   * @param distance of the base line from that of the line before, in points; infinite for the
   *     first line of a column
   */
  private record Candidate(int page, int index, int number, float distance) {}

  /** Shows a page; in order, each once. */
  void learn(PageText page) {
    List<Line> lines = page.lines();
    for (int i = 0; i < lines.size() && named.size() + alone.size() < MAX_CANDIDATES; i++) {
      add(named, ChapterNumbers.named(lines.get(i).text()), page, i);
      add(alone, ChapterNumbers.alone(lines.get(i).text()), page, i);
    }
  }

  private static void add(List<Candidate> candidates, int number, PageText page, int index) {
    if (number > 0) {
      List<Line> lines = page.lines();
      float distance = index == 0 ? -1 : lines.get(index).y() - lines.get(index - 1).y();
      candidates.add(
          new Candidate(page.number(), index, number, distance < 0 ? Float.MAX_VALUE : distance));
    }
  }

  /** What the headings have in common; nothing when none are found. */
  Optional<HeadingRule> rule(Typography typography, Furniture furniture) {
    float apart = APART * typography.leading();
    if (count(named, apart, furniture)) {
      return Optional.of(new HeadingRule.ByNumber(true, apart));
    }
    return count(alone, apart, furniture)
        ? Optional.of(new HeadingRule.ByNumber(false, apart))
        : Optional.empty();
  }

  private static boolean count(List<Candidate> candidates, float apart, Furniture furniture) {
    int headings = 0;
    int inOrder = 0;
    int before = 0;
    for (Candidate candidate : candidates) {
      if (candidate.distance() >= apart
          && !furniture.contains(candidate.page(), candidate.index())) {
        headings++;
        inOrder += candidate.number() == before + 1 ? 1 : 0;
        before = candidate.number();
      }
    }
    return inOrder >= FEWEST && inOrder >= COUNTING * headings;
  }
}
