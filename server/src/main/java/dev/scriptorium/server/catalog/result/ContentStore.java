package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.v1.Warning;
import dev.scriptorium.worker.v1.ContentsResult;
import dev.scriptorium.worker.v1.ImageResult;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Statements on what the results of both {@code inspect} and {@code parse} hold; rows of one tier
 * never touch those of the other. Bound to the transaction of one job.
 */
final class ContentStore {
  /**
   * @param ordinal from 1, in the order of the result
   */
  record Numbered<T>(int ordinal, T item) {}

  private final Handle handle;
  private final Job job;

  ContentStore(Handle handle, Job job) {
    this.handle = handle;
    this.job = job;
  }

  void deleteContents() {
    delete("delete from contents_entry where book_id = :book and tier = :tier");
  }

  void deleteWarnings() {
    delete("delete from book_warning where book_id = :book and tier = :tier");
  }

  void deleteImages() {
    delete("delete from book_image where book_id = :book and tier = :tier");
  }

  void deletePack() {
    delete("delete from book_pack where book_id = :book and tier = :tier");
  }

  void insertContents(List<Numbered<ContentsResult>> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into contents_entry (book_id, tier, ordinal, owner_id, title, depth, chapter,
              chapter_offset)
            values (:book, :tier, :ordinal, :owner, :title, :depth, :chapter, :offset)
            """)) {
      for (Numbered<ContentsResult> row : rows) {
        key(batch)
            .bind("ordinal", row.ordinal())
            .bind("title", TextLimit.TITLE.cut(row.item().getTitle()))
            .bind("depth", row.item().getDepth())
            .bind("chapter", row.item().getChapter())
            .bind("offset", row.item().getChapterOffset())
            .add();
      }
      batch.execute();
    }
  }

  void insertWarnings(List<Numbered<Warning>> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into book_warning (book_id, tier, ordinal, owner_id, reason, place, message)
            values (:book, :tier, :ordinal, :owner, :reason, :place, :message)
            """)) {
      for (Numbered<Warning> row : rows) {
        key(batch)
            .bind("ordinal", row.ordinal())
            .bind("reason", TextLimit.LABEL.cut(row.item().getReason()))
            .bind("place", TextLimit.TITLE.cut(row.item().getPlace()))
            .bind("message", TextLimit.TITLE.cut(row.item().getMessage()))
            .add();
      }
      batch.execute();
    }
  }

  /** Of two pictures with one name the first counts. */
  void insertImages(List<ImageResult> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into book_image (book_id, tier, resource, owner_id, media_type, width, height,
              pack_offset, pack_length, sha256)
            values (:book, :tier, :resource, :owner, :mediaType, :width, :height, :offset, :length,
              :sha256)
            on conflict (book_id, tier, resource) do nothing
            """)) {
      for (ImageResult row : rows) {
        key(batch)
            .bind("resource", TextLimit.RESOURCE.cut(row.getResource()))
            .bind("mediaType", TextLimit.LABEL.cut(row.getMediaType()))
            .bind("width", row.getWidth())
            .bind("height", row.getHeight())
            .bind("offset", row.getContent().getOffset())
            .bind("length", row.getContent().getLength())
            .bind("sha256", row.getSha256())
            .add();
      }
      batch.execute();
    }
  }

  private PreparedBatch key(PreparedBatch batch) {
    return batch.bind("book", job.book()).bind("tier", job.tier()).bind("owner", job.owner());
  }

  private void delete(String sql) {
    handle
        .createUpdate(sql + " and owner_id = :owner")
        .bind("book", job.book())
        .bind("tier", job.tier())
        .bind("owner", job.owner())
        .execute();
  }
}
