package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.pdf.LaidPages.Laid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first pages of a long book and some from all over it, read before all the others: what they
 * tell is enough to hand over the first chapter when it ends with one of these pages. Which pages
 * are read, and so what comes out, depends on the book alone. Not thread-safe.
 */
final class Opening {
  /** Shorter books are read as a whole soon enough. */
  static final int FEWEST_PAGES = 48;

  /** First pages that are read at least and at most. */
  private static final int SHORTEST = 16;

  private static final int LONGEST = 64;

  /** First pages that are read when the book does not say where to look: few, then more. */
  private static final List<Integer> UNKNOWN = List.of(24, LONGEST);

  /** Pages read behind the end of the chapter: heads are known by repeating nearby. */
  private static final int BEYOND = 6;

  /** Pages from the rest of the book, about. */
  private static final int OTHERS = 8;

  private final Map<Integer, PageText> pages = new HashMap<>();
  private final List<Laid> chapter = new ArrayList<>();
  private BookTraits traits = new BookTraits();
  private int first;
  private String nextTitle = "";

  private Opening() {}

  /**
   * Reads it, for books that are long enough.
   *
   * @param count pages of the book
   */
  static Opening read(JobContext job, PageSource source, int count, List<Outline.Entry> outline)
      throws IOException {
    Opening opening = new Opening();
    for (int firstPages : count < FEWEST_PAGES ? List.<Integer>of() : lengths(outline)) {
      if (opening.chapter.isEmpty()) {
        opening.readPages(job, source, count, Math.min(count, firstPages));
        opening.findEnd(job, outline, count);
      }
    }
    return opening;
  }

  /** As many as show the second chapter of the outline, or the first when text stands before it. */
  private static List<Integer> lengths(List<Outline.Entry> outline) {
    int depth = ChapterPlan.outlineDepth(outline);
    return outline.stream()
        .filter(entry -> entry.depth() <= depth && entry.page() > 1)
        .map(entry -> Math.clamp((long) entry.page() + BEYOND, SHORTEST, LONGEST))
        .findFirst()
        .map(List::of)
        .orElse(UNKNOWN);
  }

  private void readPages(JobContext job, PageSource source, int count, int firstPages)
      throws IOException {
    first = firstPages;
    traits = new BookTraits();
    // Odd, for the others shall not all be left pages, nor right ones.
    int step = Math.max(1, count / OTHERS) | 1;
    for (int number = 1; number <= count && !job.stopRequested(); number++) {
      if (number <= firstPages || number % step == step / 2) {
        if (!pages.containsKey(number)) {
          pages.put(number, source.page(number));
        }
        traits.learn(page(number));
      }
    }
    traits.decide();
  }

  private void findEnd(JobContext job, List<Outline.Entry> outline, int count) throws IOException {
    ChapterPlan plan = ChapterPlan.choose(outline, traits);
    if (job.stopRequested() || plan instanceof ChapterPlan.ByPages) {
      // Further pages may show the chapters after all.
      return;
    }
    List<Laid> laid = new ArrayList<>();
    new LaidPages(traits).lay(store(), first, laid::add);
    ChapterStarts starts = new ChapterStarts(outline, plan, count);
    boolean textBefore = false;
    for (Laid page : laid.subList(0, first - BEYOND)) {
      Optional<String> title = textBefore ? starts.atTopOf(page) : Optional.empty();
      if (title.isPresent()) {
        nextTitle = title.get();
        chapter.addAll(laid.subList(0, page.number() - 1));
        return;
      }
      textBefore |= !page.lines().isEmpty();
    }
  }

  private PageText page(int number) throws IOException {
    PageText page = pages.get(number);
    if (page == null) {
      throw new IOException("page " + number + " was not read");
    }
    return page;
  }

  private PageStore store() {
    return new PageStore() {
      private int number;

      @Override
      public void add(PageText page) {
        throw new UnsupportedOperationException("the pages are there");
      }

      @Override
      public PageText next() throws IOException {
        return page(++number);
      }
    };
  }

  /** What the pages tell. */
  BookTraits traits() {
    return traits;
  }

  /** The pages of the first chapter and of what stands before it; empty when it is not known. */
  List<Laid> chapter() {
    return chapter;
  }

  /** The title of the chapter that begins on the page behind {@link #chapter}. */
  String nextTitle() {
    return nextTitle;
  }

  /** Gives the pages that were read, and those of another source. */
  PageSource before(PageSource others) {
    return pages.isEmpty() ? others : new ReadBefore(Map.copyOf(pages), others);
  }

  private record ReadBefore(Map<Integer, PageText> pages, PageSource others) implements PageSource {
    @Override
    public PageText page(int number) throws IOException {
      PageText page = pages.get(number);
      return page == null ? others.page(number) : page;
    }

    @Override
    public void close() throws IOException {
      others.close();
    }
  }
}
