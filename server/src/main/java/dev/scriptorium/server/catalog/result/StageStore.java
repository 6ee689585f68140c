package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Statements on what is known for certain of the three tiers of an import. Runs in the transactions
 * that apply results. Thread-safe.
 */
public final class StageStore {
  private static final String REASON_PREFIX = "ERROR_REASON_";

  private final InstantSource clock;

  /**
   * @param clock says when a tier ended
   */
  public StageStore(InstantSource clock) {
    this.clock = clock;
  }

  /** The tier has ended well. */
  public void done(Handle handle, Job job, boolean degraded) {
    handle
        .createUpdate(
            """
            insert into book_stage (book_id, tier, owner_id, state, degraded, ended_at)
            values (:book, :tier, :owner, 'DONE', :degraded, :now)
            on conflict (book_id, tier) do update set
              state = 'DONE', degraded = excluded.degraded, ended_at = excluded.ended_at,
              failure_reason = '', failure_message = '', failure_limit = ''
            """)
        .bind("book", job.book())
        .bind("tier", job.tier())
        .bind("owner", job.owner())
        .bind("degraded", degraded)
        .bind("now", clock.instant())
        .execute();
  }

  /**
   * The tier has failed for good. What failed in it first stays its failure, unless that was only a
   * job that could not start.
   */
  void failed(Handle handle, Job job, Failure failure) {
    handle
        .createUpdate(
            """
            insert into book_stage (book_id, tier, owner_id, state, failure_reason,
              failure_message, failure_limit, ended_at)
            values (:book, :tier, :owner, 'FAILED', :reason, :message, :limit, :now)
            on conflict (book_id, tier) do update set
              state = 'FAILED', failure_reason = excluded.failure_reason,
              failure_message = excluded.failure_message, failure_limit = excluded.failure_limit,
              ended_at = excluded.ended_at
            where book_stage.state <> 'FAILED'
              or book_stage.failure_reason = 'DEPENDENCY_FAILED'
            """)
        .bind("book", job.book())
        .bind("tier", job.tier())
        .bind("owner", job.owner())
        .bind("reason", reason(failure.getReason()))
        .bind("message", failure.getMessage().replace('\0', ' '))
        .bind("limit", failure.getLimit().replace('\0', ' '))
        .bind("now", clock.instant())
        .execute();
  }

  /** The tiers after the job's cannot begin. */
  void failLater(Handle handle, Job job) {
    handle
        .createUpdate(
            """
            insert into book_stage (book_id, tier, owner_id, state, failure_reason,
              failure_message, ended_at)
            select :book, later.tier, :owner, 'FAILED', 'DEPENDENCY_FAILED', :message, :now
            from generate_series(:tier + 1, 3) as later (tier)
            on conflict (book_id, tier) do nothing
            """)
        .bind("book", job.book())
        .bind("tier", job.tier())
        .bind("owner", job.owner())
        .bind("message", "an earlier tier of the import has failed")
        .bind("now", clock.instant())
        .execute();
  }

  /** The tier is open again, and with it those that fell because of it. */
  void reopen(Handle handle, Job job) {
    handle
        .createUpdate(
            """
            update book_stage
            set state = 'WAITING', ended_at = null,
              failure_reason = '', failure_message = '', failure_limit = ''
            where book_id = :book and owner_id = :owner and state = 'FAILED'
              and (tier = :tier or tier > :tier and failure_reason = 'DEPENDENCY_FAILED')
            """)
        .bind("book", job.book())
        .bind("tier", job.tier())
        .bind("owner", job.owner())
        .execute();
  }

  /** Tier 3 begins: so many slices will be analysed. */
  public void startSlices(Handle handle, UUID owner, UUID book, int slices) {
    handle
        .createUpdate(
            """
            insert into book_stage (book_id, tier, owner_id, state, slices_total)
            values (:book, 3, :owner, 'WAITING', :slices)
            on conflict (book_id, tier) do update set
              state = 'WAITING', slices_total = excluded.slices_total, slices_done = 0,
              degraded = false, ended_at = null,
              failure_reason = '', failure_message = '', failure_limit = ''
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("slices", slices)
        .execute();
  }

  /** Tier 3 has ended because the book has no words. */
  void nothingToAnalyze(Handle handle, Job job) {
    handle
        .createUpdate(
            """
            update book_stage set state = 'DONE', ended_at = :now
            where book_id = :book and tier = 3 and owner_id = :owner
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .bind("now", clock.instant())
        .execute();
  }

  /** One slice of tier 3 is analysed. */
  public void sliceDone(Handle handle, Job job) {
    handle
        .createUpdate(
            """
            update book_stage set slices_done = least(slices_done + 1, slices_total)
            where book_id = :book and tier = 3 and owner_id = :owner
            """)
        .bind("book", job.book())
        .bind("owner", job.owner())
        .execute();
  }

  private static String reason(ErrorReason reason) {
    String name = reason == ErrorReason.UNRECOGNIZED ? "ERROR_REASON_INTERNAL" : reason.name();
    return name.substring(REASON_PREFIX.length());
  }
}
