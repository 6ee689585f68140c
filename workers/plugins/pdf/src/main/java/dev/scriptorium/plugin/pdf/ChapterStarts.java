package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.pdf.LaidPages.Laid;
import dev.scriptorium.plugin.pdf.PageLayout.Placed;
import java.util.List;
import java.util.Optional;

/**
 * Says which pages begin with a chapter. Not thread-safe.
 *
 * @param pages number of pages of the book
 */
record ChapterStarts(List<Outline.Entry> outline, ChapterPlan plan, int pages) {
  ChapterStarts {
    outline = List.copyOf(outline);
  }

  /** The title of the chapter with which a page begins; empty when none begins there. */
  Optional<String> atTopOf(Laid page) {
    return switch (plan) {
      case ChapterPlan.ByOutline(int depth) -> fromOutline(page, depth);
      case ChapterPlan.ByHeadings(HeadingRule rule) ->
          page.lines().isEmpty() || !rule.isHeading(page.lines(), 0)
              ? Optional.empty()
              : Optional.of(rule.title(page.lines(), 0));
      case ChapterPlan.ByPages(int length) ->
          (page.number() - 1) % length == 0
              ? Optional.of(partTitle(page.number(), length))
              : Optional.empty();
    };
  }

  private Optional<String> fromOutline(Laid page, int depth) {
    List<Line> lines = page.lines().stream().map(Placed::line).toList();
    return new OutlineTargets(outline)
        .on(page.number(), lines).stream()
            .filter(target -> target.line() == 0 && !lines.isEmpty())
            .map(target -> outline.get(target.entry()))
            .filter(entry -> entry.depth() <= depth)
            .map(Outline.Entry::title)
            .findFirst();
  }

  private String partTitle(int first, int length) {
    return "Pages " + first + "-" + Math.min(first + length - 1, pages);
  }
}
