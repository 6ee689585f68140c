package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.catalog.result.ContentStore.Numbered;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.v1.Warning;
import dev.scriptorium.worker.v1.ContentsResult;
import dev.scriptorium.worker.v1.ImageResult;
import dev.scriptorium.worker.v1.ResultSummary;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Checks and writes the items that {@code inspect} and {@code parse} have in common. Earlier rows
 * of the same tier are replaced. Bound to the transaction of one job.
 */
final class SharedItems {
  private static final int MAX_CONTENTS = 50_000;
  private static final int MAX_IMAGES = 50_000;
  private static final int MAX_WARNINGS = 1000;
  private static final int MAX_DEPTH = 100;

  private final PackCheck packCheck;
  private final CheckedMetadata metadata = new CheckedMetadata();
  private final RowBatch<Numbered<ContentsResult>> contents;
  private final RowBatch<Numbered<Warning>> warnings;
  private final RowBatch<ImageResult> images;
  private int contentsCount;
  private int warningCount;
  private int imageCount;
  private boolean summarised;
  private boolean degraded;

  SharedItems(Handle handle, Job job, @Nullable StoredBlob pack) {
    ContentStore store = new ContentStore(handle, job);
    store.deleteContents();
    store.deleteWarnings();
    store.deleteImages();
    store.deletePack();
    this.packCheck = new PackCheck(pack);
    this.contents = new RowBatch<>(store::insertContents);
    this.warnings = new RowBatch<>(store::insertWarnings);
    this.images = new RowBatch<>(store::insertImages);
  }

  PackCheck packCheck() {
    return packCheck;
  }

  CheckedMetadata metadata() {
    return metadata;
  }

  boolean degraded() {
    return degraded;
  }

  /** Takes a line of the contents whose target has been checked. */
  void contents(ResultItems items, ContentsResult entry) throws ResultInvalidException {
    items.require(++contentsCount <= MAX_CONTENTS, "there are at most " + MAX_CONTENTS);
    items.require(entry.getDepth() >= 0 && entry.getDepth() <= MAX_DEPTH, "depth is 0 to 100");
    items.text("title", entry.getTitle());
    contents.add(new Numbered<>(contentsCount, entry), entry);
  }

  void image(ResultItems items, ImageResult image) throws ResultInvalidException {
    items.require(++imageCount <= MAX_IMAGES, "there are at most " + MAX_IMAGES);
    items.require(!image.getResource().isEmpty(), "resource has a name");
    items.text("resource", image.getResource());
    items.text("media_type", image.getMediaType());
    items.require(image.getWidth() >= 0 && image.getHeight() >= 0, "its size is at least 0");
    items.requireHash(image.getSha256());
    packCheck.require(items, image.getContent());
    images.add(image, image);
  }

  /** Keeps the first 1000 warnings. */
  void warning(ResultItems items, Warning warning) throws ResultInvalidException {
    items.text("reason", warning.getReason());
    items.text("place", warning.getPlace());
    items.text("message", warning.getMessage());
    if (warningCount < MAX_WARNINGS) {
      warnings.add(new Numbered<>(++warningCount, warning), warning);
    }
  }

  void summary(ResultItems items, ResultSummary summary) throws ResultInvalidException {
    items.require(!summarised, "there is one summary");
    summarised = true;
    degraded = summary.getDegraded();
  }

  void flush() {
    contents.flush();
    warnings.flush();
    images.flush();
  }
}
