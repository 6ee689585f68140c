package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.ResultApplier;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.server.jobs.Terms;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Applies tier 2: chapters, contents, pictures, notes, positions. Replaces what an earlier parse of
 * the same book has written, and asks for the analysis. Thread-safe.
 */
public final class ParseResults implements ResultApplier {
  private final MetadataStore books;
  private final StageStore stages;
  private final FailedTier failedTier;
  private final AnalysisChoiceStore choices = new AnalysisChoiceStore();

  /**
   * @param clock says when the tier ended
   */
  public ParseResults(InstantSource clock) {
    this.books = new MetadataStore(clock);
    this.stages = new StageStore(clock);
    this.failedTier = new FailedTier(clock);
  }

  @Override
  public List<NewJob> succeeded(
      Handle handle, Job job, InputStream result, @Nullable StoredBlob pack)
      throws IOException, ResultInvalidException {
    if (pack == null) {
      throw new ResultInvalidException("parse made no pack");
    }
    if (!books.touch(handle, job)) {
      return List.of();
    }
    SharedItems shared = new SharedItems(handle, job, pack);
    ChapterItems chapters = new ChapterItems(handle, job, shared.packCheck());
    ResultItems items = new ResultItems(result);
    for (Optional<ResultItem> item = items.next(); item.isPresent(); item = items.next()) {
      take(items, item.get(), shared, chapters);
    }
    shared.flush();
    chapters.finish();
    return finish(handle, job, pack, shared, chapters.spans());
  }

  private static void take(
      ResultItems items, ResultItem item, SharedItems shared, ChapterItems chapters)
      throws ResultInvalidException {
    switch (item.getItemCase()) {
      case METADATA -> shared.metadata().take(items, item.getMetadata());
      case CHAPTER -> chapters.chapter(items, item.getChapter());
      case CONTENTS -> {
        chapters.target(items, item.getContents());
        shared.contents(items, item.getContents());
      }
      case IMAGE -> shared.image(items, item.getImage());
      case WARNING -> shared.warning(items, item.getWarning());
      case NOTE -> chapters.note(items, item.getNote());
      case POSITION -> chapters.position(items, item.getPosition());
      case SUMMARY -> shared.summary(items, item.getSummary());
      case FURNITURE -> {
        // No reader asks for running heads.
      }
      default -> items.require(false, "parse gives no such item");
    }
  }

  private List<NewJob> finish(
      Handle handle, Job job, StoredBlob pack, SharedItems shared, ChapterSpans chapters) {
    BookMetadata metadata = shared.metadata().get();
    if (metadata != null) {
      books.update(handle, job, metadata);
    }
    List<Integer> words = chapters.spans().stream().map(ChapterSpans.Span::words).toList();
    long total = words.stream().mapToLong(Integer::longValue).sum();
    books.count(handle, job, chapters.count(), total, chapters.end());
    books.pack(handle, job, pack);
    books.settleCover(handle, job);
    stages.done(handle, job, shared.degraded());
    return analysis(handle, job, words);
  }

  private List<NewJob> analysis(Handle handle, Job parse, List<Integer> words) {
    Terms terms = parse.terms().withPayload(choices.load(handle, parse.owner()).payload());
    List<NewJob> jobs =
        AnalysisJobs.of(parse.owner(), parse.book(), parse.mediaType(), terms, words);
    stages.startSlices(handle, parse.owner(), parse.book(), AnalysisJobs.slices(jobs));
    if (jobs.isEmpty()) {
      stages.nothingToAnalyze(handle, parse);
    }
    return jobs;
  }

  @Override
  public void failed(Handle handle, Job job, Failure failure) {
    failedTier.failed(handle, job, failure);
  }

  @Override
  public void retried(Handle handle, Job job) {
    failedTier.retried(handle, job);
  }
}
