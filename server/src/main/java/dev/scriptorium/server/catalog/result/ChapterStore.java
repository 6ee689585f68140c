package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.NoteResult;
import dev.scriptorium.worker.v1.SourcePosition;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements on chapters and what lies in them. Bound to the transaction of one job. */
final class ChapterStore {
  /**
   * @param start offset of its first code point in the book
   */
  record Placed(ChapterResult chapter, long start) {}

  private final Handle handle;
  private final Job job;

  ChapterStore(Handle handle, Job job) {
    this.handle = handle;
    this.job = job;
  }

  void deleteChapters() {
    delete("delete from chapter where book_id = :book and owner_id = :owner");
  }

  void deleteNotes() {
    delete("delete from chapter_note where book_id = :book and owner_id = :owner");
  }

  void deletePositions() {
    delete("delete from source_position where book_id = :book and owner_id = :owner");
  }

  /** Lets the text of the book be indexed, once what is in this transaction is committed. */
  void queueText() {
    handle
        .createUpdate(
            """
            insert into text_queue (book_id, owner_id) values (:book, :owner)
            on conflict (book_id) do update set queued_at = clock_timestamp()
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .execute();
  }

  void insertChapters(List<Placed> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into chapter (book_id, ordinal, owner_id, title, source, word_count,
              code_points, start_offset, language, linear, first_page, last_page, pack_offset,
              pack_length, sha256)
            values (:book, :ordinal, :owner, :title, :source, :words, :codePoints, :start,
              :language, :linear, :firstPage, :lastPage, :offset, :length, :sha256)
            """)) {
      for (Placed row : rows) {
        ChapterResult chapter = row.chapter();
        key(batch)
            .bind("ordinal", chapter.getOrdinal())
            .bind("title", TextLimit.TITLE.cut(chapter.getTitle()))
            .bind("source", TextLimit.TITLE.cut(chapter.getSource()))
            .bind("words", chapter.getWordCount())
            .bind("codePoints", chapter.getCodePoints())
            .bind("start", row.start())
            .bind("language", TextLimit.LABEL.cut(chapter.getLanguage()))
            .bind("linear", chapter.getLinear())
            .bind("firstPage", chapter.getFirstPage())
            .bind("lastPage", chapter.getLastPage())
            .bind("offset", chapter.getContent().getOffset())
            .bind("length", chapter.getContent().getLength())
            .bind("sha256", chapter.getSha256())
            .add();
      }
      batch.execute();
    }
  }

  void insertNotes(List<ContentStore.Numbered<NoteResult>> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into chapter_note (book_id, chapter, ordinal, owner_id, label,
              reference_offset, body)
            values (:book, :chapter, :ordinal, :owner, :label, :offset, :body)
            """)) {
      for (ContentStore.Numbered<NoteResult> row : rows) {
        key(batch)
            .bind("chapter", row.item().getChapter())
            .bind("ordinal", row.ordinal())
            .bind("label", TextLimit.LABEL.cut(row.item().getLabel()))
            .bind("offset", row.item().getReferenceOffset())
            .bind("body", row.item().getText())
            .add();
      }
      batch.execute();
    }
  }

  void insertPositions(List<ContentStore.Numbered<SourcePosition>> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into source_position (book_id, ordinal, owner_id, chapter, chapter_offset,
              page_label, element_path)
            values (:book, :ordinal, :owner, :chapter, :offset, :label, :path)
            """)) {
      for (ContentStore.Numbered<SourcePosition> row : rows) {
        key(batch)
            .bind("ordinal", row.ordinal())
            .bind("chapter", row.item().getChapter())
            .bind("offset", row.item().getChapterOffset())
            .bind("label", TextLimit.LABEL.cut(row.item().getPageLabel()))
            .bind("path", TextLimit.TITLE.cut(row.item().getElementPath()))
            .add();
      }
      batch.execute();
    }
  }

  private PreparedBatch key(PreparedBatch batch) {
    return batch.bind("book", job.book()).bind("owner", job.owner());
  }

  private void delete(String sql) {
    handle.createUpdate(sql).bind("book", job.book()).bind("owner", job.owner()).execute();
  }
}
