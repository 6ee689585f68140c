package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.worker.pack.ResultReader;
import dev.scriptorium.worker.v1.ChapterFactsResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the jobs on the slices found, read from their result files at every call. */
record ResultFindings(PackText book, List<Path> results) implements JobInput.BookFindings {

  @Override
  public List<Passage> passages() throws IOException {
    return read(ResultItem::hasPassage, item -> ResultDecoding.passage(item.getPassage()));
  }

  @Override
  public List<Mention> mentions() throws IOException {
    return read(ResultItem::hasMention, item -> ResultDecoding.mention(item.getMention()));
  }

  @Override
  public List<Quotation> quotations() throws IOException {
    return read(ResultItem::hasQuotation, item -> FactsEncoding.quotation(item.getQuotation()));
  }

  @Override
  public SortedMap<Integer, Facts> chapterFacts() throws IOException {
    SortedMap<Integer, Facts> facts = new TreeMap<>();
    for (ChapterFactsResult one : read(ResultItem::hasChapterFacts, ResultItem::getChapterFacts)) {
      facts.put(one.getChapter(), FactsEncoding.facts(one.getFacts()));
    }
    return facts;
  }

  @Override
  public List<AnalysisRun> runs() throws IOException {
    return read(ResultItem::hasAnalysisRun, item -> RunEncoding.run(item.getAnalysisRun()));
  }

  private <T> List<T> read(Predicate<ResultItem> wanted, Function<ResultItem, T> decoding)
      throws IOException {
    List<T> found = new ArrayList<>();
    for (Path result : results) {
      try (ResultReader reader = ResultReader.open(result)) {
        for (var item = reader.next(); item.isPresent(); item = reader.next()) {
          item.filter(wanted).map(decoding).ifPresent(found::add);
        }
      }
    }
    return found;
  }
}
