package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.result.EditionStore;
import dev.scriptorium.server.catalog.result.FailedTier;
import dev.scriptorium.server.catalog.result.MetadataStore;
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
 * Applies the end of tier 3: what was found in a whole book, which replaces what an earlier
 * analysis found. Thread-safe.
 */
public final class SummarizeResults implements ResultApplier {
  private final MetadataStore books;
  private final StageStore stages;
  private final FailedTier failedTier;
  private final SpanStore spans = new SpanStore();
  private final EditionStore editions = new EditionStore();

  /**
   * @param clock says when the tier ended
   */
  public SummarizeResults(InstantSource clock) {
    this.books = new MetadataStore(clock);
    this.stages = new StageStore(clock);
    this.failedTier = new FailedTier(clock);
  }

  @Override
  public List<NewJob> succeeded(
      Handle handle, Job job, InputStream result, @Nullable StoredBlob pack)
      throws IOException, ResultInvalidException {
    if (editions.outdated(handle, job) || !books.touch(handle, job)) {
      return List.of();
    }
    ResultItems items = new ResultItems(result);
    SummaryItems summary = new SummaryItems(handle, job, items, spans.load(handle, job));
    for (Optional<ResultItem> item = items.next(); item.isPresent(); item = items.next()) {
      summary.take(item.get());
    }
    summary.flush();
    stages.done(handle, job, summary.degraded());
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
