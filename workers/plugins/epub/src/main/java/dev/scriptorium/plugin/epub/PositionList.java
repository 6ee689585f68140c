package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.ChapterContent;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places by which a book is counted: the printed pages that it names, and positions as Readium
 * counts them, so that "position 12 of 340" means the same in every reader app: one for each 1,024
 * characters of a chapter that flows, and one for a page of fixed layout.
 */
final class PositionList {
  private static final int CODE_POINTS = 1024;

  private final int max;
  private final List<SourcePosition> counted = new ArrayList<>();
  private final List<SourcePosition> pages = new ArrayList<>();

  /**
   * @param max places at most; later ones are left out
   */
  PositionList(int max) {
    this.max = max;
  }

  /**
   * Takes the next chapter.
   *
   * @param fixed true when it is a page of fixed layout
   */
  void chapter(int ordinal, ChapterContent content, boolean fixed) {
    int end = fixed ? 1 : Math.max(1, content.codePoints());
    for (int at = 0; at < end && counted.size() <= max; at += CODE_POINTS) {
      counted.add(new SourcePosition(ordinal, at, "", ""));
    }
    for (ChapterContent.PageBreak page : content.pageBreaks()) {
      page(new SourcePosition(ordinal, page.offset(), page.label(), page.elementPath()));
    }
  }

  /** True when no chapter had a printed page. */
  boolean hasNoPages() {
    return pages.isEmpty();
  }

  /** Takes a printed page. */
  void page(SourcePosition page) {
    if (pages.size() <= max) {
      pages.add(page);
    }
  }

  /** Hands them over in reading order. */
  void deliver(BookSink sink) throws IOException {
    List<SourcePosition> all = new ArrayList<>(counted);
    all.addAll(pages);
    all.sort(
        Comparator.comparingInt(SourcePosition::chapter)
            .thenComparingInt(SourcePosition::chapterOffset));
    for (SourcePosition position : all.subList(0, Math.min(max, all.size()))) {
      sink.position(position);
    }
    if (all.size() > max) {
      sink.warning(
          new Warning("POSITION_LIMIT", "", "Later places are left out: positions=" + max));
    }
  }
}
