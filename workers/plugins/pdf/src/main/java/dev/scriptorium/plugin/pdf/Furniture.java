package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds running heads, running feet and page numbers: lines at the upper or lower edge that repeat
 * on pages nearby, page numbers being compared by their distance from the page's own number. What
 * stands there once stays in the text, and so does what repeats where no text stands between: that
 * is the text. Pages are shown first, all of them; then the lines of each page can be asked for.
 * Not thread-safe.
 */
final class Furniture {
  /** Share of the page's height that counts as its edge. */
  private static final float EDGE = 0.15f;

  /** Rows of text at an edge that are looked at. */
  private static final int ROWS = 2;

  /** Pages on either side on which a line must repeat. */
  private static final int NEARBY = 6;

  private static final int MAX_LINES_PER_EDGE = 6;
  private static final int LONGEST = 160;

  /** Share of a slot's lines that must repeat or count pages before all of them are heads. */
  private static final double SLOT_SHARE = 0.6;

  /** Share of the pages on which numbers must agree on where counting begins. */
  private static final double NUMBERED_SHARE = 0.3;

  /** Numbers that must stand at a place before every number alone there is a page's. */
  private static final int NUMBERS_OF_SLOT = 3;

  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<Long, int[]> pagesByKey = new HashMap<>();
  private final Map<Slot, int[]> slots = new HashMap<>();
  private final Map<Slot, Integer> numbersBySlot = new HashMap<>();
  private final Map<Integer, Integer> pagesByFirstNumber = new HashMap<>();
  private final Map<Integer, List<Integer>> found = new HashMap<>();
  private final NavigableMap<Integer, Integer> linesByPage = new TreeMap<>();
  private int pageCount;

  /**
   * @param keys of the text as it is, and of its forms without page number
   * @param firstNumbers what page 0 would be numbered by each number that may be the page's
   * @param onlyNumber true when the text is a number and nothing else
   */
  private record Candidate(
      int page,
      int index,
      List<Long> keys,
      List<Integer> firstNumbers,
      boolean onlyNumber,
      Slot slot) {}

  /** A place on the page, by edge, height in steps of 3 points, and font size in half points. */
  private record Slot(boolean top, int y, int size) {
    // Written out, as hashCode: each JVM makes those of records anew, for the first page of all.
    @Override
    public boolean equals(Object other) {
      return other instanceof Slot that && top == that.top && y == that.y && size == that.size;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * y + size) + Boolean.hashCode(top);
    }
  }

  /** Shows a page; in order, each once; some may be left out. */
  void learn(PageText page) {
    pageCount++;
    linesByPage.put(page.number(), page.lines().size());
    for (boolean top : new boolean[] {true, false}) {
      for (int index : edgeLines(page, top)) {
        candidates.add(candidate(page, index, top));
      }
    }
  }

  private static List<Integer> edgeLines(PageText page, boolean top) {
    List<Line> lines = page.lines();
    List<Integer> edge = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      float share = lines.get(i).y() / page.height();
      if ((top ? share <= EDGE : share >= 1 - EDGE) && lines.get(i).text().length() <= LONGEST) {
        edge.add(i);
      }
    }
    Comparator<Integer> fromEdge = Comparator.comparingDouble(i -> lines.get(i).y());
    edge.sort(top ? fromEdge : fromEdge.reversed());
    return outermostRows(lines, edge);
  }

  private static List<Integer> outermostRows(List<Line> lines, List<Integer> sorted) {
    List<Integer> outermost = new ArrayList<>();
    int rows = 0;
    float rowY = Float.NaN;
    for (int index : sorted) {
      float y = lines.get(index).y();
      if (!(Math.abs(y - rowY) < 2)) {
        rows++;
        rowY = y;
      }
      if (rows > ROWS || outermost.size() == MAX_LINES_PER_EDGE) {
        break;
      }
      outermost.add(index);
    }
    return outermost;
  }

  private Candidate candidate(PageText page, int index, boolean top) {
    Line line = page.lines().get(index);
    Slot slot = new Slot(top, Math.round(line.y() / 3), Math.round(line.size() * 2));
    List<Long> keys = new ArrayList<>();
    keys.add(key(slot.size() + line.text(), top));
    for (String form : PageNumbers.relative(line.text(), page.number())) {
      keys.add(key(slot.size() + form, top));
    }
    for (int number : PageNumbers.ofFrontMatter(line.text())) {
      // At whichever edge: on the first page of a chapter the number often stands at the foot.
      keys.add(key("front matter " + (number - page.number()), false));
    }
    keys.forEach(key -> remember(key, page.number()));
    List<Integer> firstNumbers = new ArrayList<>();
    for (int number : PageNumbers.in(line.text())) {
      firstNumbers.add(number - page.number());
      pagesByFirstNumber.merge(number - page.number(), 1, Integer::sum);
    }
    boolean onlyNumber = PageNumbers.value(line.text()) >= 0;
    return new Candidate(page.number(), index, keys, firstNumbers, onlyNumber, slot);
  }

  private static long key(String text, boolean top) {
    return (long) text.hashCode() << 1 | (top ? 1 : 0);
  }

  private void remember(long key, int page) {
    int[] pages = pagesByKey.getOrDefault(key, new int[0]);
    if (pages.length == 0 || pages[pages.length - 1] != page) {
      int[] longer = Arrays.copyOf(pages, pages.length + 1);
      longer[pages.length] = page;
      pagesByKey.put(key, longer);
    }
  }

  /** Decides, after the last page. */
  void decide() {
    boolean[] repeated = new boolean[candidates.size()];
    for (int i = 0; i < repeated.length; i++) {
      Candidate candidate = candidates.get(i);
      repeated[i] = candidate.keys().stream().anyMatch(key -> repeatsNearby(key, candidate.page()));
      int[] counts = slots.computeIfAbsent(candidate.slot(), slot -> new int[2]);
      boolean head = repeated[i] || fitsTheNumbers(candidate);
      counts[0] += head || hasNeighbours(candidate.page()) ? 1 : 0;
      counts[1] += head ? 1 : 0;
      if (candidate.onlyNumber() && fitsTheNumbers(candidate)) {
        numbersBySlot.merge(candidate.slot(), 1, Integer::sum);
      }
    }
    List<Candidate> furniture = new ArrayList<>();
    for (int i = 0; i < repeated.length; i++) {
      Candidate candidate = candidates.get(i);
      if (repeated[i] || isFurnitureSlot(candidate.slot()) || isPageNumber(candidate)) {
        furniture.add(candidate);
        found.computeIfAbsent(candidate.page(), page -> new ArrayList<>()).add(candidate.index());
      }
    }
    keepTheOnlyText(furniture);
    candidates.clear();
    pagesByKey.clear();
  }

  /**
   * Leaves pages alone that would lose all they have, unless their lines stand where other pages
   * have heads or feet beside a text.
   */
  private void keepTheOnlyText(List<Candidate> furniture) {
    Set<Slot> besideText = new HashSet<>();
    for (Candidate candidate : furniture) {
      if (!isBare(candidate.page())) {
        besideText.add(candidate.slot());
      }
    }
    List<Candidate> text =
        furniture.stream()
            .filter(candidate -> !candidate.onlyNumber())
            .filter(candidate -> isBare(candidate.page()))
            .filter(candidate -> !besideText.contains(candidate.slot()))
            .toList();
    for (Candidate candidate : text) {
      found.getOrDefault(candidate.page(), List.of()).remove((Object) candidate.index());
    }
  }

  /** True when nothing would be left of the page. */
  private boolean isBare(int page) {
    int lines = Objects.requireNonNull(linesByPage.get(page));
    return found.getOrDefault(page, List.of()).size() == lines;
  }

  /** True when enough pages nearby were shown for a line of this one to repeat there. */
  private boolean hasNeighbours(int page) {
    return linesByPage.subMap(page - NEARBY, page + NEARBY + 1).size() > 2;
  }

  /** On two other pages nearby; on one when the book has few pages. */
  private boolean repeatsNearby(long key, int page) {
    int[] pages = Objects.requireNonNull(pagesByKey.get(key));
    int at = Arrays.binarySearch(pages, page);
    int others = 0;
    for (int i = at - 1; i >= 0 && pages[i] >= page - NEARBY; i--) {
      others++;
    }
    for (int i = at + 1; i < pages.length && pages[i] <= page + NEARBY; i++) {
      others++;
    }
    return others >= (pageCount <= 5 ? 1 : 2);
  }

  /** A number alone that fits the others, or stands where they stand, as in the front matter. */
  private boolean isPageNumber(Candidate candidate) {
    return candidate.onlyNumber()
        && (fitsTheNumbers(candidate)
            || numbersBySlot.getOrDefault(candidate.slot(), 0) >= NUMBERS_OF_SLOT);
  }

  /** True when one of its numbers goes on with those of other pages. */
  private boolean fitsTheNumbers(Candidate candidate) {
    double enough = Math.max(3, NUMBERED_SHARE * pageCount);
    return candidate.firstNumbers().stream()
        .anyMatch(first -> pagesByFirstNumber.getOrDefault(first, 0) >= enough);
  }

  private boolean isFurnitureSlot(Slot slot) {
    int[] counts = Objects.requireNonNull(slots.get(slot));
    return counts[0] >= Math.max(4, pageCount / 10) && counts[1] >= SLOT_SHARE * counts[0];
  }

  /** True when the line with this index is no part of the text. */
  boolean contains(int page, int index) {
    return found.getOrDefault(page, List.of()).contains(index);
  }
}
