package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.plugin.pdf.LaidPages.Laid;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Makes chapters of a PDF: its opening, then all of its pages. One use. Not thread-safe. */
final class BookParser {
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
    PageSource own = pagesOf(file, () -> false);
    try (LineSpool spool = new LineSpool(job.scratch().resolve("lines"))) {
      parse(file, own, opening -> pages(file, own, opening), spool);
    }
  }

  /** Makes the source of all pages when the opening is read. */
  private interface Sharing {
    PageSource of(Opening opening);
  }

  private PageSource pages(PdfFile file, PageSource own, Opening opening) {
    PageSource first = opening.before(own);
    if (!(job.input() instanceof JobInput.BookFile book) || !isWorthTwoThreads(file)) {
      return first;
    }
    return new SharedPages(
        first,
        file.pages().size(),
        closed -> opening.before(closing(PdfFile.open(book.path(), job.scratch(), limits), closed)),
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
    PageSource own = pagesOf(file, () -> false);
    parse(file, own, opening -> opening.before(own), store);
  }

  /**
   * @param store empty
   */
  private void parse(PdfFile file, PageSource own, Sharing sharing, PageStore store)
      throws JobFailure, IOException {
    int count = file.pages().size();
    List<Outline.Entry> outline = Outline.read(file, limits);
    Opening opening = Opening.read(job, own, count, outline);
    BookWriter writer =
        new BookWriter(
            sink,
            PageLabels.read(file.document().getDocumentCatalog().getCOSObject()),
            texts(opening.traits()),
            limits.chapterCodePoints());
    Pictures pictures = pictures(file);
    if (!opening.chapter().isEmpty()) {
      open(opening, outline, count, new Target(writer, pictures));
    }
    try (PageSource pages = sharing.of(opening)) {
      BookScan scan = scan(file, pages, store);
      writer.use(texts(scan.traits()));
      write(scan, opening, outline, store, new Target(writer, pictures));
    }
    writer.finish(outline);
  }

  /** Where chapters and pictures go. */
  private record Target(BookWriter writer, Pictures pictures) {
    ChapterCutter cutter(List<Outline.Entry> outline, ChapterPlan plan, int pages) {
      return new ChapterCutter(writer, pictures, outline, plan, pages);
    }
  }

  private Pictures pictures(PdfFile file) {
    return new Pictures(file, new PagePictures(limits, clock, job::stopRequested), limits, sink);
  }

  /** Hands over the first chapter, with what a part of the book tells. */
  private static void open(Opening opening, List<Outline.Entry> outline, int pages, Target target)
      throws IOException {
    ChapterPlan plan = ChapterPlan.choose(outline, opening.traits());
    ChapterCutter cutter = target.cutter(outline, plan, pages);
    for (Laid page : opening.chapter()) {
      cutter.page(page);
    }
    target.writer().endChapter();
  }

  private BookScan scan(PdfFile file, PageSource pages, PageStore store)
      throws JobFailure, IOException {
    BookScan scan = new BookScan(job, sink, pages);
    scan.run(file, store);
    boolean text = scan.traits().textFound();
    if (!text && scan.bombFound()) {
      throw new JobFailure(
          JobFailure.Reason.LIMIT_EXCEEDED,
          "A page unpacks out of all proportion, and no other has text.",
          DecodedSize.STREAM_RATIO);
    }
    if (!text) {
      sink.warning(new Warning("NO_TEXT", "document", "No page of the book has text."));
      sink.degraded();
    }
    return scan;
  }

  /** Hands over what comes after the opening. */
  private static void write(
      BookScan scan, Opening opening, List<Outline.Entry> outline, PageStore store, Target target)
      throws IOException {
    ChapterPlan plan = ChapterPlan.choose(outline, scan.traits());
    ChapterCutter cutter = target.cutter(outline, plan, scan.pages());
    int opened = opening.chapter().size();
    new LaidPages(scan.traits())
        .lay(
            store,
            scan.pages(),
            page -> {
              if (opened > 0 && page.number() == opened + 1) {
                cutter.pageOfNewChapter(page, opening.nextTitle());
              } else if (page.number() > opened) {
                cutter.page(page);
              }
            });
  }

  private Supplier<ChapterText> texts(BookTraits traits) {
    ParagraphRules rules = new ParagraphRules(traits.typography());
    Hyphens hyphens = new Hyphens(traits.vocabulary());
    float bodySize = traits.typography().bodySize();
    return () -> new ChapterText(rules, hyphens, bodySize, limits.book().chapterCodePoints());
  }
}
