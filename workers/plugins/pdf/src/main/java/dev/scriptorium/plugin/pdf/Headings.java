package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds how the chapter headings of a book without an outline look: by the size of their type, or
 * by their numbers. Pages are shown first, all of them. Not thread-safe.
 */
final class Headings {
  private static final float LARGER = 1.18f;
  private static final int LONGEST = 120;
  private static final int MAX_CANDIDATES = 50_000;

  /** A book has at most this many headings a page on average. */
  private static final int MOST_PER_PAGE = 2;

  /** Share of the pages over which the headings of a size are spread; a title page is not. */
  private static final float SPREAD = 0.2f;

  /** Share of the headings of a smaller size that begin a page when they begin chapters. */
  private static final float AT_TOP = 0.8f;

  /** Lines that may stand above the first one of the text, as heads. */
  private static final int MOST_HEADS = 8;

  private final List<Candidate> candidates = new ArrayList<>();
  private final NumberedHeadings numbered = new NumberedHeadings();
  private int pageCount;

  private record Candidate(int page, int index, int step) {}

  /** How often a size begins something, and where. */
  private static final class Count {
    private int headings;
    private int atTop;
    private int firstPage;
    private int lastPage;

    void add(Candidate candidate, boolean top) {
      firstPage = headings == 0 ? candidate.page() : firstPage;
      lastPage = candidate.page();
      headings++;
      atTop += top ? 1 : 0;
    }
  }

  /** Shows a page; in order, each once. */
  void learn(PageText page) {
    pageCount++;
    numbered.learn(page);
    for (int i = 0; i < page.lines().size() && candidates.size() < MAX_CANDIDATES; i++) {
      Line line = page.lines().get(i);
      if (isShortText(line) && !DropCaps.isDropped(page.lines(), i)) {
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

  /** What the book's chapter headings have in common; nothing when none are found. */
  Optional<HeadingRule> rule(Typography typography, Furniture furniture) {
    Set<Integer> steps = chapterSteps(typography, furniture);
    return steps.isEmpty()
        ? numbered.rule(typography, furniture)
        : Optional.of(new HeadingRule.BySize(steps));
  }

  /**
   * The sizes of the chapter headings: the largest one that is clearly above the body's, occurs at
   * least twice and all over the book; and of the others those that nearly always begin a page.
   */
  private Set<Integer> chapterSteps(Typography typography, Furniture furniture) {
    Map<Integer, Count> counts = counts(step(typography.bodySize() * LARGER), furniture);
    counts.values().removeIf(count -> !isSpread(count));
    Set<Integer> steps = new HashSet<>();
    counts.keySet().stream().max(Integer::compare).ifPresent(steps::add);
    counts.forEach(
        (step, count) -> {
          if (count.atTop >= AT_TOP * count.headings) {
            steps.add(step);
          }
        });
    return steps;
  }

  private boolean isSpread(Count count) {
    return count.headings >= 2
        && count.headings <= Math.max(3, MOST_PER_PAGE * pageCount)
        && count.lastPage - count.firstPage >= SPREAD * pageCount;
  }

  private Map<Integer, Count> counts(int smallest, Furniture furniture) {
    Map<Integer, Count> counts = new HashMap<>();
    Candidate before = new Candidate(0, 0, 0);
    boolean topBefore = false;
    for (Candidate candidate : candidates) {
      if (candidate.step() < smallest || furniture.contains(candidate.page(), candidate.index())) {
        continue;
      }
      boolean below = follows(before, candidate);
      // The second line of what begins a page begins it, too: a number and its title.
      boolean top = below ? topBefore : isFirst(candidate, furniture);
      if (!below || before.step() != candidate.step()) {
        counts.computeIfAbsent(candidate.step(), step -> new Count()).add(candidate, top);
      }
      before = candidate;
      topBefore = top;
    }
    return counts;
  }

  private static boolean isFirst(Candidate candidate, Furniture furniture) {
    for (int i = 0; i < candidate.index(); i++) {
      if (i >= MOST_HEADS || !furniture.contains(candidate.page(), i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean follows(Candidate before, Candidate candidate) {
    return before.page() == candidate.page() && before.index() + 1 == candidate.index();
  }
}
