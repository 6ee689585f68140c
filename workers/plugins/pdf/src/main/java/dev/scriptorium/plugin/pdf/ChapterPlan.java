package dev.scriptorium.plugin.pdf;

import java.util.List;
import java.util.Optional;

/** By what a book is cut into chapters. */
sealed interface ChapterPlan {
  /**
   * By the entries of the outline.
   *
   * @param depth deepest level whose entries begin chapters, 0 being the outermost
   */
  record ByOutline(int depth) implements ChapterPlan {}

  /**
   * By headings in the text.
   *
   * @param rule what tells them from other lines
   */
  record ByHeadings(HeadingRule rule) implements ChapterPlan {}

  /**
   * By number of pages, when nothing else is known.
   *
   * @param pages length of a part
   */
  record ByPages(int pages) implements ChapterPlan {}

  /** Pages of a part when a book shows no chapters. */
  int PART_PAGES = 20;

  /** Chooses the best plan that the book allows. */
  static ChapterPlan choose(List<Outline.Entry> outline, BookTraits traits) {
    int depth = outlineDepth(outline);
    if (isMonotonic(outline, depth)) {
      return new ByOutline(depth);
    }
    Optional<HeadingRule> rule = traits.headings().rule(traits.typography(), traits.furniture());
    return rule.isPresent() ? new ByHeadings(rule.get()) : new ByPages(PART_PAGES);
  }

  /** The outermost level; the next one when a single entry, the book's title, holds all others. */
  static int outlineDepth(List<Outline.Entry> outline) {
    long outermost = outline.stream().filter(entry -> entry.depth() == 0).count();
    return outermost == 1 && outline.size() > 2 ? 1 : 0;
  }

  /** True when the outline has targets, and its chapters come in the order of the pages. */
  private static boolean isMonotonic(List<Outline.Entry> outline, int depth) {
    int page = 0;
    for (Outline.Entry entry : outline) {
      if (entry.depth() <= depth && entry.page() > 0) {
        if (entry.page() < page) {
          return false;
        }
        page = entry.page();
      }
    }
    return page > 0;
  }
}
