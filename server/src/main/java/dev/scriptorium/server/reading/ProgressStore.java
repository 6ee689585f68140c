package dev.scriptorium.server.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements on the log of steps and its heads. Thread-safe. */
final class ProgressStore {
  /**
   * The resolved head, as it is locked for a step.
   *
   * @param eventId the step it came from; 0 when there is none
   */
  record LockedHead(long eventId, Resolution.Head place) {}

  /**
   * A step that was made with a request id.
   *
   * @param headEventId the step that was the head after it
   */
  record Made(long eventId, long headEventId, Resolution resolution, String requestHash) {}

  /**
   * A line of the log.
   *
   * @param revision the revision it makes; 0 when it is not applied
   * @param headEventId the head after it; null when that is this step
   * @param requestId null when the step cannot be repeated safely
   * @param requestHash tells a repeated request from another one
   */
  record Entry(
      Step step,
      Resolution resolution,
      long revision,
      @Nullable Long headEventId,
      @Nullable UUID requestId,
      String requestHash,
      Instant acceptedAt) {}

  private static final String CHAPTER_AT =
      """
      left join lateral (
        select c.ordinal, c.start_offset
        from chapter c
        where c.book_id = b.book_id and c.owner_id = b.owner_id
          and c.start_offset <= e.book_offset
        order by c.start_offset desc, c.ordinal desc
        limit 1) p on true
      """;

  /** Code points of a book that is not deleted; empty when there is none. */
  Optional<Long> bookLength(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select code_points from book
            where book_id = :book and owner_id = :owner and deleted_at is null
            """)
        .bind("book", book)
        .bind("owner", owner)
        .mapTo(Long.class)
        .findOne();
  }

  /** The resolved head; empty when the book was never opened. */
  Optional<ProgressHead> head(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select b.book_id, b.code_points, e.revision as progress_revision,
              e.book_offset as progress_offset, e.device as progress_device,
              e.event_at as progress_event_at, e.updated_at as progress_accepted_at,
              p.ordinal as progress_chapter,
              e.book_offset - p.start_offset as progress_chapter_offset
            from book b
            join progress_head e on e.owner_id = b.owner_id and e.book_id = b.book_id
            """
                + CHAPTER_AT
                + "where b.book_id = :book and b.owner_id = :owner")
        .bind("book", book)
        .bind("owner", owner)
        .map((row, _) -> ProgressHead.read(row))
        .findOne()
        .flatMap(head -> head);
  }

  /** The place of one step of the log; its revision is 0 when it was not applied. */
  Optional<ProgressHead> step(Handle handle, UUID owner, long eventId) {
    return handle
        .createQuery(
            """
            select b.book_id, b.code_points, e.revision as progress_revision,
              e.book_offset as progress_offset, e.device as progress_device,
              e.event_at as progress_event_at, e.received_at as progress_accepted_at,
              p.ordinal as progress_chapter,
              e.book_offset - p.start_offset as progress_chapter_offset
            from progress_event e
            join book b on b.owner_id = e.owner_id and b.book_id = e.book_id
            """
                + CHAPTER_AT
                + "where e.event_id = :event and e.owner_id = :owner")
        .bind("event", eventId)
        .bind("owner", owner)
        .map((row, _) -> ProgressHead.read(row))
        .findOne()
        .flatMap(head -> head);
  }

  /** Makes the row that {@link #lockHead} locks, with revision 0, unless it is there. */
  void ensureHead(Handle handle, UUID owner, UUID book, Instant now) {
    handle
        .createUpdate(
            """
            insert into progress_head (owner_id, book_id, event_id, revision, book_offset, device,
              event_at, updated_at)
            values (:owner, :book, 0, 0, 0, '', :now, :now)
            on conflict (owner_id, book_id) do nothing
            """)
        .bind("owner", owner)
        .bind("book", book)
        .bind("now", now)
        .execute();
  }

  /** The head of one reader and book; other steps wait until the transaction ends. */
  Optional<LockedHead> lockHead(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select event_id, revision, book_offset, event_at from progress_head
            where owner_id = :owner and book_id = :book
            for update
            """)
        .bind("owner", owner)
        .bind("book", book)
        .map(
            (row, _) ->
                new LockedHead(
                    row.getLong("event_id"),
                    new Resolution.Head(
                        row.getLong("revision"),
                        row.getLong("book_offset"),
                        instant(row, "event_at"))))
        .findOne();
  }

  /** The step that was made with a request id. */
  Optional<Made> findRequest(Handle handle, UUID owner, UUID requestId) {
    return handle
        .createQuery(
            """
            select event_id, coalesce(head_event_id, event_id) as head_event_id, outcome,
              request_hash
            from progress_event
            where owner_id = :owner and request_id = :request
            """)
        .bind("owner", owner)
        .bind("request", requestId)
        .map(
            (row, _) ->
                new Made(
                    row.getLong("event_id"),
                    row.getLong("head_event_id"),
                    Resolution.valueOf(row.getString("outcome")),
                    row.getString("request_hash")))
        .findOne();
  }

  /** True when another device made a revision greater than the base. */
  boolean othersMoved(Handle handle, UUID owner, UUID book, String device, long base) {
    return handle
        .createQuery(
            """
            select exists (
              select from progress_device_head
              where owner_id = :owner and book_id = :book and device <> :device
                and revision > :base)
            """)
        .bind("owner", owner)
        .bind("book", book)
        .bind("device", device)
        .bind("base", base)
        .mapTo(Boolean.class)
        .one();
  }

  /** When the device was last in the book, by its own account. */
  Optional<Instant> lastOfDevice(Handle handle, UUID owner, UUID book, String device) {
    return handle
        .createQuery(
            """
            select event_at from progress_device_head
            where owner_id = :owner and book_id = :book and device = :device
            """)
        .bind("owner", owner)
        .bind("book", book)
        .bind("device", device)
        .map((row, _) -> instant(row, "event_at"))
        .findOne();
  }

  /**
   * Appends a step.
   *
   * @return its event id; empty when another book's step has taken the request id meanwhile
   */
  Optional<Long> append(Handle handle, UUID owner, UUID book, Entry entry) {
    return handle
        .createQuery(
            """
            insert into progress_event (owner_id, book_id, device, base_revision, revision,
              book_offset, event_at, received_at, policy, outcome, head_event_id, request_id,
              request_hash)
            values (:owner, :book, :device, :base, :revision, :offset, :eventAt, :now, :policy,
              :outcome, :head::bigint, :request::uuid, :hash)
            on conflict (owner_id, request_id) where request_id is not null do nothing
            returning event_id
            """)
        .bind("owner", owner)
        .bind("book", book)
        .bind("device", entry.step().device())
        .bind("base", entry.step().baseRevision())
        .bind("revision", entry.revision())
        .bind("offset", entry.step().offset())
        .bind("eventAt", entry.step().eventAt())
        .bind("now", entry.acceptedAt())
        .bind("policy", entry.step().policy().name())
        .bind("outcome", entry.resolution().name())
        .bind("head", entry.headEventId())
        .bind("request", entry.requestId())
        .bind("hash", entry.requestHash())
        .mapTo(Long.class)
        .findOne();
  }

  /** Moves a device's head, unless it was later elsewhere by its own clock. */
  void moveDevice(Handle handle, UUID owner, UUID book, Step step, long eventId, long revision) {
    handle
        .createUpdate(
            """
            insert into progress_device_head as d (owner_id, book_id, device, event_id, revision,
              book_offset, event_at)
            values (:owner, :book, :device, :event, :revision, :offset, :eventAt)
            on conflict (owner_id, book_id, device) do update set
              event_id = case when excluded.event_at >= d.event_at
                then excluded.event_id else d.event_id end,
              book_offset = case when excluded.event_at >= d.event_at
                then excluded.book_offset else d.book_offset end,
              event_at = greatest(excluded.event_at, d.event_at),
              revision = greatest(excluded.revision, d.revision)
            """)
        .bind("owner", owner)
        .bind("book", book)
        .bind("device", step.device())
        .bind("event", eventId)
        .bind("revision", revision)
        .bind("offset", step.offset())
        .bind("eventAt", step.eventAt())
        .execute();
  }

  /** Moves the resolved head. */
  void moveHead(
      Handle handle, UUID owner, UUID book, Step step, long eventId, long revision, Instant now) {
    handle
        .createUpdate(
            """
            update progress_head set event_id = :event, revision = :revision,
              book_offset = :offset, device = :device, event_at = :eventAt, updated_at = :now
            where owner_id = :owner and book_id = :book
            """)
        .bind("owner", owner)
        .bind("book", book)
        .bind("event", eventId)
        .bind("revision", revision)
        .bind("offset", step.offset())
        .bind("device", step.device())
        .bind("eventAt", step.eventAt())
        .bind("now", now)
        .execute();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
