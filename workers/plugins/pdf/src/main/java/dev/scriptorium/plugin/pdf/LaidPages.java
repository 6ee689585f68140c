package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.pdf.Footnotes.Footnote;
import dev.scriptorium.plugin.pdf.PageLayout.Placed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes reading text of the lines of pages: furniture and notes are taken out, initials are given
 * back to their words, and every line gets its column. Not thread-safe.
 */
final class LaidPages {
  private final BookTraits traits;
  private final PageLayout layout;
  private final DropCaps dropCaps;
  private final Footnotes footnotes;

  /**
   * A page as it is read.
   *
   * @param number from 1
   * @param notes what the marks of its lines refer to, in order
   * @param furniture lines that are no part of the text
   * @param pictures true when it has some that are worth looking for
   */
  record Laid(
      int number,
      List<Placed> lines,
      List<Footnote> notes,
      List<String> furniture,
      boolean pictures) {
    Laid {
      lines = List.copyOf(lines);
      notes = List.copyOf(notes);
      furniture = List.copyOf(furniture);
    }
  }

  /** Takes the pages as they come. */
  interface Take {
    void page(Laid page) throws IOException;
  }

  LaidPages(BookTraits traits) {
    this.traits = traits;
    this.layout = new PageLayout(traits.typography());
    this.footnotes = new Footnotes(traits.typography(), new Hyphens(traits.vocabulary()));
    this.dropCaps = new DropCaps(traits.typography().bodySize(), traits.vocabulary());
  }

  /**
   * Lays pages in order, reading one page ahead: a note may stand on the page after its reference.
   *
   * @param count how many the store gives
   */
  void lay(PageStore pages, int count, Take take) throws IOException {
    Footnotes.Page current = Footnotes.Page.NONE;
    PageText last = PageText.NONE;
    for (int i = 0; i < count; i++) {
      PageText page = pages.next();
      Footnotes.Page next = read(page, current);
      hand(last, current, next, take);
      current = next;
      last = page;
    }
    hand(last, current, Footnotes.Page.NONE, take);
  }

  private Footnotes.Page read(PageText page, Footnotes.Page before) {
    List<Line> lines = dropCaps.rejoin(lines(page, false));
    return footnotes.split(before, page.number(), page.height(), lines);
  }

  private void hand(PageText source, Footnotes.Page split, Footnotes.Page next, Take take)
      throws IOException {
    if (split.number() > 0) {
      Footnotes.Page page = footnotes.resolve(split, next);
      take.page(
          new Laid(
              page.number(),
              layout.place(page.lines()),
              page.referenced(),
              lines(source, true).stream().map(Line::text).toList(),
              // A page that cost too much to read is not searched once more.
              source.pictures() && source.problem().isEmpty()));
    }
  }

  private List<Line> lines(PageText page, boolean furniture) {
    List<Line> lines = new ArrayList<>(page.lines().size());
    for (int i = 0; i < page.lines().size(); i++) {
      if (traits.furniture().contains(page.number(), i) == furniture) {
        lines.add(page.lines().get(i));
      }
    }
    return lines;
  }
}
