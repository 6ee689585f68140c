package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput.BookText;
import dev.scriptorium.plugin.JobInput.ChapterInfo;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.analysis.facts.ChapterCounter;
import dev.scriptorium.plugin.analysis.facts.FunctionWords;
import dev.scriptorium.plugin.analysis.names.ChapterNames;
import dev.scriptorium.plugin.analysis.names.NameFinder;
import dev.scriptorium.plugin.analysis.names.NameWords;
import dev.scriptorium.plugin.analysis.names.SpeechFinder;
import dev.scriptorium.plugin.analysis.passages.PassageDetector;
import dev.scriptorium.plugin.analysis.passages.PassageSearch;
import dev.scriptorium.plugin.analysis.text.ChapterReader;
import dev.scriptorium.plugin.analysis.text.CodePoints;
import dev.scriptorium.plugin.analysis.text.EnglishModels;
import dev.scriptorium.plugin.analysis.text.Languages;
import dev.scriptorium.plugin.analysis.text.LineBreaks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Finds the passages and names of a slice, one chapter at a time: no more than one chapter's text
 * and one paragraph's tokens are in memory. Immutable and thread-safe.
 */
final class BookAnalysis {
  private final EnglishModels models;
  private final PassageDetector passages;
  private final DoubleSupplier memoryInUse;
  private final NameFinder englishNames = NameFinder.english();
  private final FunctionWords functionWords = new FunctionWords();

  /**
   * @param memoryInUse share of the heap that is in use, 0 to 1
   */
  BookAnalysis(EnglishModels models, PassageDetector passages, DoubleSupplier memoryInUse) {
    this.models = models;
    this.passages = passages;
    this.memoryInUse = memoryInUse;
  }

  void analyze(JobContext job, BookText book, BookSink sink) throws IOException {
    AnalysisOptions options = AnalysisOptions.of(job.payload());
    if (Languages.treatedAsEnglish(job.language())) {
      ChapterReader reader = ChapterReader.english(models);
      PassageSearch search =
          passages.english(options.mode(), options.members(), new JobBudget(job, memoryInUse));
      new Slice(job, sink, options.joined(), reader, search, englishNames, functionWords)
          .read(book);
    } else {
      ChapterReader reader = ChapterReader.plain(job.language());
      NameFinder names = NameFinder.plain(Languages.primary(job.language()));
      new Slice(
              job,
              sink,
              options.joined(),
              reader,
              passages.plain(options.mode()),
              names,
              functionWords)
          .read(book);
    }
  }

  /** One job: some chapters of a book, and what reads them. */
  private record Slice(
      JobContext job,
      BookSink sink,
      boolean joined,
      ChapterReader reader,
      PassageSearch search,
      NameFinder finder,
      FunctionWords functionWords) {

    void read(BookText book) throws IOException {
      boolean complete = readChapters(book);
      if (!complete || search.degraded()) {
        sink.degraded();
      }
      sink.analysisRun(search.run());
    }

    /** False when there was no time for all. */
    private boolean readChapters(BookText book) throws IOException {
      long total = Math.max(1, book.chapters().stream().mapToLong(ChapterInfo::codePoints).sum());
      long before = 0;
      for (ChapterInfo chapter : book.chapters()) {
        Progress progress = new Progress(before, total);
        read(chapter, book.text(chapter.ordinal()), progress);
        if (job.stopRequested()) {
          return false;
        }
        before += chapter.codePoints();
      }
      return true;
    }

    private void read(ChapterInfo chapter, String text, Progress progress) throws IOException {
      CodePoints codePoints = CodePoints.of(text);
      String lines = joined ? LineBreaks.joined(text) : text;
      ChapterNames names = finder.chapter();
      SpeechFinder speech = finder.speech();
      ChapterCounter counter = new ChapterCounter(Languages.primary(job.language()), functionWords);
      reader.<IOException>read(
          lines,
          paragraph -> {
            Optional<Passage> passage = search.find(chapter.ordinal(), text, codePoints, paragraph);
            if (passage.isPresent()) {
              sink.passage(passage.get());
            }
            names.add(lines, paragraph);
            speech.add(paragraph);
            counter.add(lines, paragraph);
            job.progress(
                progress.at(codePoints.offset(paragraph.end())),
                "Reading chapter " + chapter.ordinal());
            return !job.stopRequested();
          });
      List<Mention> mentions = names.mentions(chapter.ordinal(), text, codePoints);
      for (Mention mention : mentions) {
        sink.mention(mention);
      }
      for (Quotation quotation : speech.quotations(chapter.ordinal(), text, codePoints, mentions)) {
        sink.quotation(quotation);
      }
      sink.chapterFacts(
          chapter.ordinal(), counter.facts(NameWords.of(mentions.stream().map(Mention::text))));
      if (names.full()) {
        sink.degraded();
      }
    }
  }

  /**
   * How far a slice is.
   *
   * @param before code points of the chapters that are done
   * @param total code points of all chapters; at least 1
   */
  private record Progress(long before, long total) {
    double at(int offset) {
      return (double) (before + offset) / total;
    }
  }
}
