package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;

/**
 * The first pass over a book: reads every page into a {@link PageStore} and learns what repeats.
 * Not thread-safe.
 */
final class BookScan {
  private static final double SHARE_OF_WORK = 0.9;

  private final JobContext job;
  private final BookSink sink;
  private final PageSource source;
  private final BookTraits traits = new BookTraits();
  private int pages;
  private boolean bombFound;

  BookScan(JobContext job, BookSink sink, PageSource source) {
    this.job = job;
    this.sink = sink;
    this.source = source;
  }

  /** Reads the pages, fewer when the job has to end. */
  void run(PdfFile file, PageStore store) throws IOException {
    while (pages < file.pages().size() && !job.stopRequested()) {
      PageText text = source.page(++pages);
      warnAbout(text);
      traits.learn(text);
      store.add(text);
      job.progress(SHARE_OF_WORK * pages / file.pages().size(), "reading pages");
    }
    traits.decide();
    warnAboutMissingPages(file);
  }

  private void warnAbout(PageText page) throws IOException {
    String place = "page " + page.number();
    if (page.needsRecognition()) {
      degrade("PAGE_WITHOUT_TEXT", place, "The page is a picture; its text needs recognition.");
    }
    bombFound |= page.problem().startsWith(DecodedSize.STREAM_RATIO);
    if (page.garbled()) {
      degrade(
          "PAGE_GARBLED",
          place,
          "The page does not tell which letters its glyphs are; its text needs recognition.");
    }
    if (!page.problem().isEmpty()) {
      degrade(
          "PAGE_INCOMPLETE", place, "The page was not read to its end: " + page.problem() + ".");
    }
  }

  private void warnAboutMissingPages(PdfFile file) throws IOException {
    if (pages < file.pages().size()) {
      degrade(
          "TIME_LIMIT",
          "page " + (pages + 1),
          "Time was over; the pages from here on are missing.");
    } else if (file.morePages()) {
      degrade("PAGE_LIMIT", "page " + (pages + 1), "The file has more pages than are read.");
    }
  }

  private void degrade(String reason, String place, String message) throws IOException {
    sink.warning(new Warning(reason, place, message));
    sink.degraded();
  }

  /** Number of pages in the store. */
  int pages() {
    return pages;
  }

  /** True when a page unpacks out of all proportion. */
  boolean bombFound() {
    return bombFound;
  }

  /** What the pages tell, after {@link #run}. */
  BookTraits traits() {
    return traits;
  }
}
