package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.result.EditionStore;
import dev.scriptorium.server.catalog.result.FailedTier;
import dev.scriptorium.server.catalog.result.ResultItems;
import dev.scriptorium.server.catalog.result.SpanStore;
import dev.scriptorium.server.catalog.result.StageStore;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.ResultApplier;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Applies a slice of tier 3: checks it, so that a bad one fails its own attempt and not the
 * summary, and counts it. Its blob is what {@code summarize} reads. Thread-safe.
 */
public final class AnalyzeResults implements ResultApplier {
  private final StageStore stages;
  private final FailedTier failedTier;
  private final SpanStore spans = new SpanStore();
  private final EditionStore editions = new EditionStore();

  /**
   * @param clock says when something changed
   */
  public AnalyzeResults(InstantSource clock) {
    this.stages = new StageStore(clock);
    this.failedTier = new FailedTier(clock);
  }

  @Override
  public List<NewJob> succeeded(
      Handle handle, Job job, InputStream result, @Nullable StoredBlob pack)
      throws IOException, ResultInvalidException {
    if (editions.outdated(handle, job)) {
      return List.of();
    }
    ResultItems items = new ResultItems(result);
    FindingChecks checks = new FindingChecks(items, spans.load(handle, job));
    for (Optional<ResultItem> item = items.next(); item.isPresent(); item = items.next()) {
      switch (item.get().getItemCase()) {
        case PASSAGE -> checks.passage(item.get().getPassage());
        case MENTION -> checks.mention(item.get().getMention());
        case QUOTATION -> checks.quotation(item.get().getQuotation(), 0);
        case ANALYSIS_RUN -> checks.run(item.get().getAnalysisRun());
        case CHAPTER_FACTS -> checks.chapterFacts(item.get().getChapterFacts());
        case WARNING, SUMMARY -> {
          // Kept in the blob alone.
        }
        default -> items.require(false, "analyze gives no such item");
      }
    }
    stages.sliceDone(handle, job);
    return List.of();
  }

  @Override
  public void failed(Handle handle, Job job, Failure failure) {
    if (!editions.outdated(handle, job)) {
      failedTier.failed(handle, job, failure);
    }
  }

  @Override
  public void retried(Handle handle, Job job) {
    failedTier.retried(handle, job);
  }
}
