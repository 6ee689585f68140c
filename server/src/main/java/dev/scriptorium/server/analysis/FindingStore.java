package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.result.ChapterSpans;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.PassageResult;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements that write what was found in a book. Bound to the transaction of one job. */
final class FindingStore {
  /**
   * @param ordinal names the passage, from 1
   */
  record NumberedPassage(int ordinal, PassageResult passage) {}

  /**
   * @param entity ordinal of the entity
   * @param ordinal number of the mention, from 1
   */
  record NumberedMention(int entity, int ordinal, EntityMention mention) {}

  private final Handle handle;
  private final Job job;
  private final ChapterSpans chapters;

  FindingStore(Handle handle, Job job, ChapterSpans chapters) {
    this.handle = handle;
    this.job = job;
    this.chapters = chapters;
  }

  void deletePassages() {
    delete("delete from passage where book_id = :book and owner_id = :owner");
  }

  void deleteMentions() {
    delete("delete from entity_mention where book_id = :book and owner_id = :owner");
  }

  void deleteEntities() {
    delete("delete from entity where book_id = :book and owner_id = :owner");
  }

  void insertPassages(List<NumberedPassage> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into passage (book_id, ordinal, owner_id, type, chapter, start_offset,
              end_offset, book_start, book_end, body, rank, confidence, reason)
            values (:book, :ordinal, :owner, :type, :chapter, :start, :end, :bookStart, :bookEnd,
              :body, :rank, :confidence, :reasons)
            """)) {
      for (NumberedPassage row : rows) {
        PassageResult passage = row.passage();
        key(batch)
            .bind("ordinal", row.ordinal())
            .bind("type", passage.getTypeValue())
            .bind("chapter", passage.getChapter())
            .bind("start", passage.getStart())
            .bind("end", passage.getEnd())
            .bind("bookStart", chapters.bookOffset(passage.getChapter(), passage.getStart()))
            .bind("bookEnd", chapters.bookOffset(passage.getChapter(), passage.getEnd()))
            .bind("body", passage.getText())
            .bind("rank", 100 - passage.getPriority())
            .bind("confidence", passage.getConfidence())
            .bind("reasons", passage.getReasonsList().toArray(String[]::new))
            .add();
      }
      batch.execute();
    }
  }

  void insertEntities(List<EntityResult> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into entity (book_id, ordinal, owner_id, type, display_name, alias,
              mention_count, first_chapter, first_start, first_end)
            values (:book, :ordinal, :owner, :type, :name, :aliases, :count, :chapter, :start,
              :end)
            """)) {
      for (EntityResult row : rows) {
        EntityMention first = row.getMentions(0);
        key(batch)
            .bind("ordinal", row.getOrdinal())
            .bind("type", row.getTypeValue())
            .bind("name", row.getDisplayName())
            .bind("aliases", row.getAliasesList().toArray(String[]::new))
            .bind("count", row.getMentionsCount())
            .bind("chapter", first.getChapter())
            .bind("start", first.getStart())
            .bind("end", first.getEnd())
            .add();
      }
      batch.execute();
    }
  }

  void insertMentions(List<NumberedMention> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into entity_mention (book_id, entity, ordinal, owner_id, chapter, start_offset,
              end_offset, book_start)
            values (:book, :entity, :ordinal, :owner, :chapter, :start, :end, :bookStart)
            """)) {
      for (NumberedMention row : rows) {
        EntityMention mention = row.mention();
        key(batch)
            .bind("entity", row.entity())
            .bind("ordinal", row.ordinal())
            .bind("chapter", mention.getChapter())
            .bind("start", mention.getStart())
            .bind("end", mention.getEnd())
            .bind("bookStart", chapters.bookOffset(mention.getChapter(), mention.getStart()))
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
