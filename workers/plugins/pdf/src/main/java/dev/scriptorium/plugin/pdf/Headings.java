package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Finds the chapter headings of a book without an outline by the size of their type. Pages are
 * shown first, all of them. Not thread-safe.
 */
final class Headings {
  private static final float LARGER = 1.18f;
  private static final int LONGEST = 120;
  private static final int MAX_CANDIDATES = 50_000;

  /** A book has at most this many headings a page on average. */
  private static final int MOST_PER_PAGE = 2;

  private final List<Candidate> candidates = new ArrayList<>();
  private int pageCount;

  private record Candidate(int page, int index, int step) {}

  /** Shows a page; in order, each once. */
  void learn(PageText page) {
    pageCount++;
    for (int i = 0; i < page.lines().size() && candidates.size() < MAX_CANDIDATES; i++) {
      Line line = page.lines().get(i);
      if (isShortText(line)) {
        candidates.add(new Candidate(page.number(), i, step(line.size())));
      }
    }
  }

  static boolean isShortText(Line line) {
    return line.text().length() <= LONGEST
        && line.text().codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** Sizes of a heading are compared in steps of half a point. */
  static int step(float size) {
    return Math.round(size * 2);
  }

  /**
   * The size of the chapter headings: the largest one that is clearly above the body's and begins
   * at least two chapters.
   *
   * @return as {@link #step} gives it; nothing when no size fits
   */
  OptionalInt chapterStep(Typography typography, Furniture furniture) {
    Map<Integer, Integer> counts = new HashMap<>();
    Candidate before = new Candidate(0, 0, 0);
    for (Candidate candidate : candidates) {
      if (furniture.contains(candidate.page(), candidate.index())) {
        continue;
      }
      if (!continues(before, candidate)) {
        counts.merge(candidate.step(), 1, Integer::sum);
      }
      before = candidate;
    }
    int smallest = step(typography.bodySize() * LARGER);
    return counts.entrySet().stream()
        .filter(count -> count.getKey() >= smallest && count.getValue() >= 2)
        .filter(count -> count.getValue() <= Math.max(3, MOST_PER_PAGE * pageCount))
        .mapToInt(Map.Entry::getKey)
        .max();
  }

  /** True for the next line of the same heading. */
  private static boolean continues(Candidate before, Candidate candidate) {
    return before.page() == candidate.page()
        && before.index() + 1 == candidate.index()
        && before.step() == candidate.step();
  }
}
