package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.result.ChapterSpans;
import dev.scriptorium.server.catalog.result.TextLimit;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.PassageResult;
import java.util.List;
import java.util.function.ToIntFunction;
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

  private static final int MAX_ALIASES = 200;
  private static final int MAX_REASONS = 50;

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
              end_offset, book_start, book_end, body, rank, confidence, reason, other_type)
            values (:book, :ordinal, :owner, :type, :chapter, :start, :end, :bookStart, :bookEnd,
              :body, :rank, :confidence, :reasons, :others)
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
            .bind("reasons", cut(passage.getReasonsList(), MAX_REASONS))
            .bind("others", passage.getOtherTypesValueList().toArray(Integer[]::new))
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
        EntityMention first =
            row.getMentionsCount() == 0 ? EntityMention.getDefaultInstance() : row.getMentions(0);
        key(batch)
            .bind("ordinal", row.getOrdinal())
            .bind("type", row.getTypeValue())
            .bind("name", TextLimit.LABEL.cut(row.getDisplayName()))
            .bind("aliases", cut(row.getAliasesList(), MAX_ALIASES))
            .bind("count", row.getMentionsCount())
            .bind("chapter", first.getChapter())
            .bind("start", first.getStart())
            .bind("end", first.getEnd())
            .add();
      }
      batch.execute();
    }
  }

  /** Arrays, because a long book has ten thousands of mentions. */
  void insertMentions(List<NumberedMention> rows) {
    handle
        .createUpdate(
            """
            insert into entity_mention (book_id, entity, ordinal, owner_id, chapter, start_offset,
              end_offset, book_start, name)
            select :book, m.entity, m.ordinal, :owner, m.chapter, m.start_offset, m.end_offset,
              m.book_start, m.name
            from unnest(:entities::integer[], :ordinals::integer[], :chapters::integer[],
              :starts::integer[], :ends::integer[], :bookStarts::bigint[], :names::integer[])
              as m (entity, ordinal, chapter, start_offset, end_offset, book_start, name)
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .bind("entities", column(rows, NumberedMention::entity))
        .bind("ordinals", column(rows, NumberedMention::ordinal))
        .bind("chapters", column(rows, row -> row.mention().getChapter()))
        .bind("starts", column(rows, row -> row.mention().getStart()))
        .bind("ends", column(rows, row -> row.mention().getEnd()))
        .bind("names", column(rows, FindingStore::keptName))
        .bind("bookStarts", rows.stream().map(this::bookStart).toArray(Long[]::new))
        .execute();
  }

  // An alias that is not kept is a name like those that are shared.
  private static int keptName(NumberedMention row) {
    int name = row.mention().getName();
    return name <= MAX_ALIASES ? name : -1;
  }

  private long bookStart(NumberedMention row) {
    return chapters.bookOffset(row.mention().getChapter(), row.mention().getStart());
  }

  private static Integer[] column(
      List<NumberedMention> rows, ToIntFunction<NumberedMention> value) {
    return rows.stream().mapToInt(value).boxed().toArray(Integer[]::new);
  }

  // So that no book can make lists heavy.
  private static String[] cut(List<String> values, int most) {
    return values.stream().limit(most).map(TextLimit.LABEL::cut).toArray(String[]::new);
  }

  private PreparedBatch key(PreparedBatch batch) {
    return batch.bind("book", job.book()).bind("owner", job.owner());
  }

  private void delete(String sql) {
    handle.createUpdate(sql).bind("book", job.book()).bind("owner", job.owner()).execute();
  }
}
