package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput.BookText;
import dev.scriptorium.plugin.JobInput.ChapterInfo;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.analysis.names.ChapterNames;
import dev.scriptorium.plugin.analysis.names.NameFinder;
import dev.scriptorium.plugin.analysis.passages.PassageDetector;
import dev.scriptorium.plugin.analysis.text.ChapterReader;
import dev.scriptorium.plugin.analysis.text.CodePoints;
import dev.scriptorium.plugin.analysis.text.EnglishModels;
import dev.scriptorium.plugin.analysis.text.Languages;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the passages and names of a slice, one chapter at a time: no more than one chapter's text
 * and one paragraph's tokens are in memory. For one thread.
 */
final class BookAnalysis {
  private final EnglishModels models;

  BookAnalysis(EnglishModels models) {
    this.models = models;
  }

  void analyze(JobContext job, BookText book, BookSink sink) throws IOException {
    boolean english = Languages.treatedAsEnglish(job.language());
    if (!english) {
      sink.degraded();
    }
    ChapterReader reader =
        english ? ChapterReader.english(models) : ChapterReader.plain(job.language());
    PassageDetector detector = english ? PassageDetector.english() : PassageDetector.plain();
    NameFinder finder =
        english ? NameFinder.english() : NameFinder.plain(Languages.primary(job.language()));
    long total = Math.max(1, book.chapters().stream().mapToLong(ChapterInfo::codePoints).sum());
    long before = 0;
    for (ChapterInfo chapter : book.chapters()) {
      Slice slice = new Slice(job, sink, before, total);
      slice.read(chapter, book.text(chapter.ordinal()), reader, detector, finder.chapter());
      if (job.stopRequested()) {
        sink.degraded();
        return;
      }
      before += chapter.codePoints();
    }
  }

  /**
   * One chapter of the slice.
   *
   * @param before code points of the chapters before it
   * @param total code points of all chapters
   */
  private record Slice(JobContext job, BookSink sink, long before, long total) {
    void read(
        ChapterInfo chapter,
        String text,
        ChapterReader reader,
        PassageDetector detector,
        ChapterNames names)
        throws IOException {
      CodePoints codePoints = CodePoints.of(text);
      reader.<IOException>read(
          text,
          paragraph -> {
            Optional<Passage> passage =
                detector.detect(chapter.ordinal(), text, codePoints, paragraph);
            if (passage.isPresent()) {
              sink.passage(passage.get());
            }
            names.add(text, paragraph);
            return goesOn(chapter, codePoints, paragraph);
          });
      for (Mention mention : names.mentions(chapter.ordinal(), text, codePoints)) {
        sink.mention(mention);
      }
      if (names.full()) {
        sink.degraded();
      }
    }

    private boolean goesOn(ChapterInfo chapter, CodePoints codePoints, Paragraph paragraph) {
      double done = before + codePoints.offset(paragraph.end());
      job.progress(done / total, "Reading chapter " + chapter.ordinal());
      return !job.stopRequested();
    }
  }
}
