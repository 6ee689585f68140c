package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.reading.MovedPlaces.Moved;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements of the parse on files that take the place of others. Thread-safe. */
final class ReplacementStore {
  private static final String REASON_PREFIX = "ERROR_REASON_";

  /** Locks a replacement; false when it is none that waits. */
  boolean lock(Handle handle, Job job, UUID replacement) {
    return handle
        .createQuery(
            """
            select 1 from book_replacement
            where replacement_id = :id and book_id = :book and owner_id = :owner
              and state = 'PENDING'
            for update
            """)
        .bind("id", replacement)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** The book has the new file now, and its old one is history. */
  void exchange(Handle handle, Job job, UUID replacement, Instant now) {
    handle
        .createUpdate(
            """
            with past as (
              insert into book_file_history (book_id, sha256, owner_id, size_bytes, file_name,
                media_type, replaced_at)
              select book_id, sha256, owner_id, size_bytes, file_name, media_type, :now
              from book_file where book_id = :book and owner_id = :owner
              on conflict (book_id, sha256) do update set replaced_at = excluded.replaced_at)
            update book_file f set sha256 = r.sha256, size_bytes = r.size_bytes,
              file_name = r.file_name, media_type = r.media_type
            from book_replacement r
            where r.replacement_id = :id and f.book_id = :book and f.owner_id = :owner
              and r.book_id = f.book_id and r.owner_id = f.owner_id
            """)
        .bind("id", replacement)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .bind("now", now)
        .execute();
  }

  void done(Handle handle, Job job, UUID replacement, Moved moved, Instant now) {
    handle
        .createUpdate(
            """
            update book_replacement set state = 'DONE', ended_at = :now, place_count = :places,
              lost_count = :lost
            where replacement_id = :id and owner_id = :owner
            """)
        .bind("id", replacement)
        .bind("owner", job.owner())
        .bind("places", moved.places())
        .bind("lost", moved.lost())
        .bind("now", now)
        .execute();
  }

  void failed(Handle handle, Job job, UUID replacement, Failure failure, Instant now) {
    ErrorReason reason =
        failure.getReason() == ErrorReason.UNRECOGNIZED
            ? ErrorReason.ERROR_REASON_INTERNAL
            : failure.getReason();
    handle
        .createUpdate(
            """
            update book_replacement set state = 'FAILED', ended_at = :now, failure_reason = :reason,
              failure_message = :message, failure_limit = :limit
            where replacement_id = :id and owner_id = :owner and state = 'PENDING'
            """)
        .bind("id", replacement)
        .bind("owner", job.owner())
        .bind("reason", reason.name().substring(REASON_PREFIX.length()))
        .bind("message", failure.getMessage().replace('\0', ' '))
        .bind("limit", failure.getLimit().replace('\0', ' '))
        .bind("now", now)
        .execute();
  }

  /** A replacement that failed is tried again, unless there is another one by now. */
  void reopen(Handle handle, Job job, UUID replacement) {
    handle
        .createUpdate(
            """
            update book_replacement set state = 'PENDING', ended_at = null, failure_reason = '',
              failure_message = '', failure_limit = ''
            where replacement_id = :id and owner_id = :owner and state = 'FAILED'
              and not exists (
                select from book_replacement r
                where r.book_id = book_replacement.book_id and r.state = 'PENDING')
            """)
        .bind("id", replacement)
        .bind("owner", job.owner())
        .execute();
  }
}
