package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import org.jdbi.v3.core.Handle;

/** Statements on where the chapters of a parsed book begin. Thread-safe. */
public final class SpanStore {
  /** Chapters of the job's slice, or of the whole book when the job has none. */
  public ChapterSpans load(Handle handle, Job job) {
    int first = Math.max(1, job.firstChapter());
    ChapterSpans spans = new ChapterSpans(first);
    handle
        .createQuery(
            """
            select code_points, start_offset, word_count from chapter
            where book_id = :book and owner_id = :owner and ordinal between :first and :last
            order by ordinal
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .bind("first", first)
        .bind("last", job.lastChapter() == 0 ? Integer.MAX_VALUE : job.lastChapter())
        .map(
            (row, _) ->
                new ChapterSpans.Span(
                    row.getInt("code_points"),
                    row.getLong("start_offset"),
                    row.getInt("word_count")))
        .forEach(spans::add);
    return spans;
  }
}
