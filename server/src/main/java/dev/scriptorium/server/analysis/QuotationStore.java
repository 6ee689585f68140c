package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.result.ChapterSpans;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Quotation;
import dev.scriptorium.worker.v1.QuotationResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Statements on what characters say. Thread-safe. */
final class QuotationStore {
  /**
   * @param ordinal number among those of the speaker, from 1
   */
  record NumberedQuotation(int ordinal, QuotationResult quotation) {}

  static final String COUNT =
      """
      select count(*)::integer from quotation
      where book_id = :book and owner_id = :owner and entity = :entity and book_end <= :upTo
      """;

  static final String LIST =
      """
      select chapter, start_offset, end_offset, body
      from quotation
      where book_id = :book and owner_id = :owner and entity = :entity and book_end <= :upTo
      order by ordinal
      limit :limit
      """;

  /** How many quotations of a speaker end by an offset. */
  int count(Handle handle, UUID owner, BookName.Entity speaker, long upTo) {
    return named(handle.createQuery(COUNT), owner, speaker, upTo).mapTo(Integer.class).one();
  }

  /** The first of them, in reading order. */
  List<Quotation> list(Handle handle, UUID owner, BookName.Entity speaker, long upTo, int limit) {
    return named(handle.createQuery(LIST), owner, speaker, upTo)
        .bind("limit", limit)
        .map((row, _) -> quotation(row, speaker))
        .list();
  }

  /** Forgets those of the job's book. */
  void delete(Handle handle, Job job) {
    handle
        .createUpdate("delete from quotation where book_id = :book and owner_id = :owner")
        .bind("book", job.book())
        .bind("owner", job.owner())
        .execute();
  }

  /** Adds to those of the job's book. */
  void insert(Handle handle, Job job, ChapterSpans chapters, List<NumberedQuotation> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into quotation (book_id, entity, ordinal, owner_id, chapter, start_offset,
              end_offset, book_start, book_end, body)
            values (:book, :entity, :ordinal, :owner, :chapter, :start, :end, :bookStart,
              :bookEnd, :body)
            """)) {
      for (NumberedQuotation row : rows) {
        QuotationResult quotation = row.quotation();
        batch
            .bind("book", job.book())
            .bind("owner", job.owner())
            .bind("entity", quotation.getEntity())
            .bind("ordinal", row.ordinal())
            .bind("chapter", quotation.getChapter())
            .bind("start", quotation.getStart())
            .bind("end", quotation.getEnd())
            .bind("bookStart", chapters.bookOffset(quotation.getChapter(), quotation.getStart()))
            .bind("bookEnd", chapters.bookOffset(quotation.getChapter(), quotation.getEnd()))
            .bind("body", quotation.getText())
            .add();
      }
      batch.execute();
    }
  }

  private static Query named(Query query, UUID owner, BookName.Entity speaker, long upTo) {
    return query
        .bind("book", speaker.book())
        .bind("owner", owner)
        .bind("entity", speaker.ordinal())
        .bind("upTo", upTo);
  }

  private static Quotation quotation(ResultSet row, BookName.Entity speaker) throws SQLException {
    return Quotation.newBuilder()
        .setRange(Rows.range(row, speaker.book(), "chapter", "start_offset", "end_offset"))
        .setText(row.getString("body"))
        .setSpeaker(speaker.toString())
        .build();
  }
}
