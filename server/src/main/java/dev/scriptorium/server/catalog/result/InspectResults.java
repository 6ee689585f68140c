package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.ResultApplier;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.ContentsResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Applies tier 1: metadata, cover, titles of the contents. Thread-safe. */
public final class InspectResults implements ResultApplier {
  private final MetadataStore books;
  private final StageStore stages;
  private final FailedTier failedTier;

  /**
   * @param clock says when the tier ended
   */
  public InspectResults(InstantSource clock) {
    this.books = new MetadataStore(clock);
    this.stages = new StageStore(clock);
    this.failedTier = new FailedTier(clock);
  }

  @Override
  public List<NewJob> succeeded(
      Handle handle, Job job, InputStream result, @Nullable StoredBlob pack)
      throws IOException, ResultInvalidException {
    if (!books.touch(handle, job)) {
      return List.of();
    }
    SharedItems shared = new SharedItems(handle, job, pack);
    ResultItems items = new ResultItems(result);
    for (Optional<ResultItem> item = items.next(); item.isPresent(); item = items.next()) {
      take(items, item.get(), shared);
    }
    shared.flush();
    finish(handle, job, shared, pack);
    return List.of();
  }

  private static void take(ResultItems items, ResultItem item, SharedItems shared)
      throws ResultInvalidException {
    switch (item.getItemCase()) {
      case METADATA -> shared.metadata().take(items, item.getMetadata());
      case CONTENTS -> shared.contents(items, untargeted(items, item.getContents()));
      case IMAGE -> shared.image(items, item.getImage());
      case WARNING -> shared.warning(items, item.getWarning());
      case SUMMARY -> shared.summary(items, item.getSummary());
      default -> items.require(false, "inspect gives no such item");
    }
  }

  private static ContentsResult untargeted(ResultItems items, ContentsResult entry)
      throws ResultInvalidException {
    items.require(
        entry.getChapter() == 0 && entry.getChapterOffset() == 0, "inspect knows no targets");
    return entry;
  }

  private void finish(Handle handle, Job job, SharedItems shared, @Nullable StoredBlob pack) {
    BookMetadata metadata = shared.metadata().get();
    if (metadata != null) {
      books.update(handle, job, metadata);
    }
    if (pack != null) {
      books.pack(handle, job, pack);
    }
    books.settleCover(handle, job);
    stages.done(handle, job, shared.degraded());
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
