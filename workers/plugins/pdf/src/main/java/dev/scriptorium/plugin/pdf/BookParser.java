package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.plugin.pdf.OutlineTargets.Target;
import dev.scriptorium.plugin.pdf.PageLayout.Placed;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Makes chapters of a PDF: the second pass over its lines. One use. Not thread-safe. */
final class BookParser {
  private static final int LONGEST_TITLE = 200;

  /** From this many pages on a second thread saves more than opening the book again costs. */
  private static final int MANY_PAGES = 40;

  private final JobContext job;
  private final BookSink sink;
  private final PdfLimits limits;
  private final InstantSource clock;
  private final int threads;

  /**
   * @param threads that may read pages; more than two are not used
   */
  BookParser(JobContext job, BookSink sink, PdfLimits limits, InstantSource clock, int threads) {
    this.job = job;
    this.sink = sink;
    this.limits = limits;
    this.clock = clock;
    this.threads = threads;
  }

  /** Reads the book and hands over chapters, positions and contents. */
  void parse(PdfFile file) throws JobFailure, IOException {
    try (LineSpool spool = new LineSpool(job.scratch().resolve("lines"));
        PageSource pages = pages(file)) {
      parse(file, pages, spool);
    }
  }

  private PageSource pages(PdfFile file) {
    PageSource own = pagesOf(file, () -> false);
    if (!(job.input() instanceof JobInput.BookFile book) || !isWorthTwoThreads(file)) {
      return own;
    }
    return new SharedPages(
        own,
        file.pages().size(),
        closed -> closing(PdfFile.open(book.path(), job.scratch(), limits), closed),
        Thread.ofPlatform().name("pdf-pages").daemon().factory());
  }

  private boolean isWorthTwoThreads(PdfFile file) {
    return threads > 1 && file.pages().size() >= MANY_PAGES;
  }

  private PageSource pagesOf(PdfFile file, BooleanSupplier closed) {
    PageReader reader =
        new PageReader(limits, clock, () -> closed.getAsBoolean() || job.stopRequested());
    return number -> reader.read(file.pages().get(number - 1), number);
  }

  private PageSource closing(PdfFile file, BooleanSupplier closed) {
    PageSource pages = pagesOf(file, closed);
    return new PageSource() {
      @Override
      public PageText page(int number) throws IOException {
        return pages.page(number);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  /** Reads a small book on this thread. */
  void parse(PdfFile file, PageStore store) throws JobFailure, IOException {
    parse(file, pagesOf(file, () -> false), store);
  }

  /**
   * @param store empty
   */
  private void parse(PdfFile file, PageSource pages, PageStore store)
      throws JobFailure, IOException {
    List<Outline.Entry> outline = Outline.read(file, limits);
    PageLabels labels = PageLabels.read(file.document().getDocumentCatalog().getCOSObject());
    BookScan scan = new BookScan(job, sink, pages);
    scan.run(file, store);
    if (!scan.textFound() && scan.bombFound()) {
      throw new JobFailure(
          JobFailure.Reason.LIMIT_EXCEEDED,
          "A page unpacks out of all proportion, and no other has text.",
          DecodedSize.STREAM_RATIO);
    }
    if (!scan.textFound()) {
      sink.warning(new Warning("NO_TEXT", "document", "No page of the book has text."));
      sink.degraded();
    }
    new Assembly(scan, outline, writer(scan, labels)).run(store);
  }

  private BookWriter writer(BookScan scan, PageLabels labels) {
    ParagraphRules rules = new ParagraphRules(scan.typography());
    Hyphens hyphens = new Hyphens(scan.vocabulary());
    float bodySize = scan.typography().bodySize();
    return new BookWriter(
        sink,
        labels,
        () -> new ChapterText(rules, hyphens, bodySize, limits.book().chapterCodePoints()),
        limits.chapterCodePoints());
  }

  /** What the second pass works with. */
  private static final class Assembly {
    private final BookScan scan;
    private final List<Outline.Entry> outline;
    private final BookWriter writer;
    private final ChapterPlan plan;
    private final OutlineTargets targets;
    private final PageLayout layout;
    private final DropCaps dropCaps;
    private final Footnotes footnotes;

    Assembly(BookScan scan, List<Outline.Entry> outline, BookWriter writer) {
      this.scan = scan;
      this.outline = outline;
      this.writer = writer;
      this.plan =
          ChapterPlan.choose(
              outline, scan.headings().chapterStep(scan.typography(), scan.furniture()));
      this.targets = new OutlineTargets(outline);
      this.layout = new PageLayout(scan.typography());
      this.footnotes = new Footnotes(scan.typography(), new Hyphens(scan.vocabulary()));
      this.dropCaps = new DropCaps(scan.typography().bodySize(), scan.vocabulary());
    }

    /** Reads one page ahead: a note may stand on the page after its reference. */
    void run(PageStore pages) throws IOException {
      Footnotes.Page current = Footnotes.Page.NONE;
      for (int number = 1; number <= scan.pages(); number++) {
        Footnotes.Page next = read(pages.next(), current);
        write(current, next);
        current = next;
      }
      write(current, Footnotes.Page.NONE);
      writer.finish(outline);
    }

    private Footnotes.Page read(PageText page, Footnotes.Page before) {
      List<Line> lines = dropCaps.rejoin(textLines(page));
      return footnotes.split(before, page.number(), page.height(), lines);
    }

    private void write(Footnotes.Page split, Footnotes.Page next) throws IOException {
      if (split.number() > 0) {
        Footnotes.Page page = footnotes.resolve(split, next);
        writer.startPage(page.number(), page.referenced());
        startPart(page.number());
        page(page.number(), layout.place(page.lines()));
      }
    }

    private void startPart(int number) throws IOException {
      if (plan instanceof ChapterPlan.ByPages parts && (number - 1) % parts.pages() == 0) {
        int last = Math.min(number + parts.pages() - 1, scan.pages());
        writer.startChapter("Pages " + number + "-" + last, true);
      }
    }

    private List<Line> textLines(PageText page) {
      List<Line> lines = new ArrayList<>(page.lines().size());
      for (int i = 0; i < page.lines().size(); i++) {
        if (!scan.furniture().contains(page.number(), i)) {
          lines.add(page.lines().get(i));
        }
      }
      return lines;
    }

    private void page(int number, List<Placed> lines) throws IOException {
      List<Target> pending =
          new ArrayList<>(targets.on(number, lines.stream().map(Placed::line).toList()));
      for (int i = 0; i < lines.size(); i++) {
        List<Integer> entries = takeEntries(pending, i);
        startChapter(entries, lines, i);
        writer.line(lines.get(i), i == 0, entries);
      }
      List<Integer> below = takeEntries(pending, lines.size());
      startChapter(below, lines, lines.size());
      if (lines.isEmpty() || !below.isEmpty()) {
        writer.emptyPlace(lines.isEmpty(), below);
      }
    }

    private static List<Integer> takeEntries(List<Target> pending, int line) {
      List<Integer> entries =
          pending.stream().filter(target -> target.line() == line).map(Target::entry).toList();
      pending.removeIf(target -> target.line() == line);
      return entries;
    }

    private void startChapter(List<Integer> entries, List<Placed> lines, int at)
        throws IOException {
      switch (plan) {
        case ChapterPlan.ByOutline(int depth) -> startFromOutline(entries, depth, at);
        case ChapterPlan.ByHeadings(int step) -> startFromHeading(lines, at, step);
        case ChapterPlan.ByPages parts -> {
          // Begun with the page.
        }
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

    private void startFromHeading(List<Placed> lines, int at, int step) throws IOException {
      if (!isHeading(lines, at, step) || isHeading(lines, at - 1, step)) {
        return;
      }
      StringBuilder title = new StringBuilder(lines.get(at).line().text());
      for (int i = at + 1; isHeading(lines, i, step); i++) {
        title.append(' ').append(lines.get(i).line().text());
      }
      String shortTitle = title.substring(0, Math.min(title.length(), LONGEST_TITLE));
      writer.startChapter(shortTitle, at == 0);
      writer.listChapter(shortTitle);
    }

    private static boolean isHeading(List<Placed> lines, int at, int step) {
      return at >= 0
          && at < lines.size()
          && Headings.step(lines.get(at).line().size()) == step
          && Headings.isShortText(lines.get(at).line());
    }
  }
}
