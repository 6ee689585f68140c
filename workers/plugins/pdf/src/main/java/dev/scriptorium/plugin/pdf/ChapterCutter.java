package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.pdf.LaidPages.Laid;
import dev.scriptorium.plugin.pdf.OutlineTargets.Target;
import dev.scriptorium.plugin.pdf.PageLayout.Placed;
import dev.scriptorium.plugin.pdf.Pictures.Shown;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts the pages of a book into chapters, as its plan says. Not thread-safe. */
final class ChapterCutter {
  private final BookWriter writer;
  private final Pictures pictures;
  private final List<Outline.Entry> outline;
  private final ChapterPlan plan;
  private final ChapterStarts starts;
  private final OutlineTargets targets;

  /**
   * @param pages number of pages of the book
   */
  ChapterCutter(
      BookWriter writer,
      Pictures pictures,
      List<Outline.Entry> outline,
      ChapterPlan plan,
      int pages) {
    this.writer = writer;
    this.pictures = pictures;
    this.outline = outline;
    this.plan = plan;
    this.starts = new ChapterStarts(outline, plan, pages);
    this.targets = new OutlineTargets(outline);
  }

  /** Writes a page; pages come in order. */
  void page(Laid page) throws IOException {
    writer.startPage(page.number(), page.notes());
    if (plan instanceof ChapterPlan.ByPages) {
      for (String title : starts.atTopOf(page).stream().toList()) {
        writer.startChapter(title, true);
      }
    }
    lines(page);
  }

  /**
   * Writes a page that begins with a chapter whatever the plan says.
   *
   * @param title when the plan has none
   */
  void pageOfNewChapter(Laid page, String title) throws IOException {
    if (starts.atTopOf(page).isPresent()) {
      page(page);
    } else {
      writer.startPage(page.number(), page.notes());
      writer.startChapter(title, true);
      lines(page);
    }
  }

  private void lines(Laid page) throws IOException {
    List<Placed> lines = page.lines();
    List<Target> pending =
        new ArrayList<>(targets.on(page.number(), lines.stream().map(Placed::line).toList()));
    writer.furniture(page.number(), page.furniture());
    Deque<Shown> shown =
        new ArrayDeque<>(
            page.pictures() ? pictures.of(page.number(), !lines.isEmpty()) : List.of());
    for (int i = 0; i < lines.size(); i++) {
      List<Integer> entries = takeEntries(pending, i);
      startChapter(entries, lines, i);
      writePicturesAbove(shown, lines.get(i));
      writer.line(lines.get(i), i == 0, entries);
    }
    List<Integer> below = takeEntries(pending, lines.size());
    startChapter(below, lines, lines.size());
    if (lines.isEmpty() || !below.isEmpty()) {
      writer.emptyPlace(lines.isEmpty(), below);
    }
    for (Shown picture : shown) {
      writer.picture(picture.resource());
    }
  }

  /** Writes the pictures that stand higher than a line, in the line's column. */
  private void writePicturesAbove(Deque<Shown> shown, Placed line) throws IOException {
    while (!shown.isEmpty()
        && shown.peek().endY() < line.line().y()
        && shown.peek().x() > line.left()
        && shown.peek().x() < line.right()) {
      writer.picture(shown.remove().resource());
    }
  }

  private static List<Integer> takeEntries(List<Target> pending, int line) {
    List<Integer> entries =
        pending.stream().filter(target -> target.line() == line).map(Target::entry).toList();
    pending.removeIf(target -> target.line() == line);
    return entries;
  }

  private void startChapter(List<Integer> entries, List<Placed> lines, int at) throws IOException {
    // By pages they have begun with the page.
    if (plan instanceof ChapterPlan.ByOutline(int depth)) {
      startFromOutline(entries, depth, at);
    } else if (plan instanceof ChapterPlan.ByHeadings(HeadingRule rule)) {
      startFromHeading(lines, at, rule);
    }
  }

  private void startFromOutline(List<Integer> entries, int depth, int at) throws IOException {
    for (int entry : entries) {
      if (outline.get(entry).depth() <= depth) {
        writer.startChapter(outline.get(entry).title(), at == 0);
        return;
      }
    }
  }

  private void startFromHeading(List<Placed> lines, int at, HeadingRule rule) throws IOException {
    if (at < lines.size() && rule.isHeading(lines, at) && !rule.goesOn(lines, at)) {
      String title = rule.title(lines, at);
      writer.startChapter(title, at == 0);
      writer.listChapter(title);
    }
  }
}
