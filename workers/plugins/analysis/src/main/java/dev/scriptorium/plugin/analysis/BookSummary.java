package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput.BookFindings;
import dev.scriptorium.plugin.JobInput.ChapterInfo;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.analysis.facts.BookFigures;
import dev.scriptorium.plugin.analysis.names.BookNames;
import dev.scriptorium.plugin.analysis.names.NameWords;
import dev.scriptorium.plugin.analysis.names.Speakers;
import dev.scriptorium.plugin.analysis.passages.PassageRanking;
import dev.scriptorium.plugin.analysis.text.Languages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes one picture of what the slices of a book found. */
final class BookSummary {
  void summarize(JobContext job, BookFindings findings, BookSink sink) throws IOException {
    BookNames names = new BookNames();
    for (Mention mention : findings.mentions()) {
      names.add(mention);
    }
    boolean complete = readBook(job, findings, names);
    if (names.full() || !complete || !Languages.treatedAsEnglish(job.language())) {
      sink.degraded();
    }
    List<Entity> entities = names.entities();
    for (Entity entity : entities) {
      sink.entity(entity);
    }
    for (Quotation quotation : Speakers.of(entities).named(findings.quotations())) {
      sink.quotation(quotation);
    }
    figures(findings, entities, sink);
    for (Passage passage : PassageRanking.settle(findings.passages(), entities)) {
      sink.passage(passage);
    }
    List<AnalysisRun> runs = findings.runs();
    if (!runs.isEmpty()) {
      sink.analysisRun(AnalysisRun.whole(runs));
    }
    job.progress(1, "Entities and priorities settled");
  }

  private static void figures(BookFindings findings, List<Entity> entities, BookSink sink)
      throws IOException {
    Set<String> names =
        NameWords.of(
            entities.stream()
                .flatMap(e -> Stream.concat(Stream.of(e.displayName()), e.aliases().stream())));
    BookFigures figures = new BookFigures(findings.chapterFacts(), names);
    for (Map.Entry<Integer, Facts> chapter : figures.chapters().entrySet()) {
      sink.chapterFacts(chapter.getKey(), chapter.getValue());
    }
    sink.bookFacts(figures.book());
  }

  /** Shows every chapter to the names; false when there was no time for all. */
  private static boolean readBook(JobContext job, BookFindings findings, BookNames names)
      throws IOException {
    List<ChapterInfo> chapters = findings.book().chapters();
    for (int i = 0; i < chapters.size(); i++) {
      if (job.stopRequested()) {
        return false;
      }
      names.readChapter(findings.book().text(chapters.get(i).ordinal()));
      job.progress((i + 1.0) / (chapters.size() + 1), "Merging names");
    }
    return true;
  }
}
