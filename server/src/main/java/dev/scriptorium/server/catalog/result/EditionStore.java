package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Statements on the texts that a book had. Thread-safe. */
public final class EditionStore {
  /**
   * A text.
   *
   * @param pack SHA-256 of what holds it
   */
  record Edition(String pack, long codePoints) {}

  /** The text that a book has. */
  Optional<Edition> present(Handle handle, Job job) {
    return handle
        .createQuery(
            """
            select p.sha256, b.code_points
            from book b
            join book_pack p on p.book_id = b.book_id and p.owner_id = b.owner_id and p.tier = 2
            where b.book_id = :book and b.owner_id = :owner
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .map((row, _) -> new Edition(row.getString("sha256"), row.getLong("code_points")))
        .findOne();
  }

  /** Notes that a book has another text now. */
  void end(Handle handle, Job job, Edition edition, Instant now) {
    handle
        .createUpdate(
            """
            insert into book_edition (book_id, edition, owner_id, code_points, ended_at)
            values (:book, :edition, :owner, :codePoints, :now)
            on conflict (book_id, edition) do update set ended_at = excluded.ended_at
            """)
        .bind("book", job.book())
        .bind("edition", edition.pack())
        .bind("owner", job.owner())
        .bind("codePoints", edition.codePoints())
        .bind("now", now)
        .execute();
  }

  /** True when a job is about a text that its book had when it was made, and has no more. */
  public boolean outdated(Handle handle, Job job) {
    return handle
        .createQuery(
            """
            select exists (
              select from book_edition
              where book_id = :book and owner_id = :owner and ended_at > :createdAt)
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .bind("createdAt", job.createdAt())
        .mapTo(Boolean.class)
        .one();
  }

  /** Forgets what was found in the text that a book had. */
  void forgetFindings(Handle handle, Job job) {
    handle
        .createQuery("select forget_findings(:book, :owner)::text")
        .bind("book", job.book())
        .bind("owner", job.owner())
        .mapTo(String.class)
        .list();
  }
}
