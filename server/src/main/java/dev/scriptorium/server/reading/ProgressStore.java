package dev.scriptorium.server.reading;

import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ProgressStep;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements that read progress. Thread-safe. */
final class ProgressStore {
  /**
   * A book that is there.
   *
   * @param progress null when it was never opened
   */
  record Opened(@Nullable Progress progress) {}

  /** Where a step of the log was, and how long the book is now. */
  record Place(long offset, long bookLength) {}

  private record Numbered(long eventId, Progress progress) {}

  private static final int MAX_DEVICES = 100;

  // The reader's own, or one that is shared with the reader; looked up row by row.
  private static final String BOOK =
      """
      cross join lateral (
        select x.* from book x
        where x.book_id = e.book_id
          and (x.owner_id = e.owner_id
            or x.owner_id = readable_owner(e.book_id, e.owner_id))
        limit 1) b
      """;

  private static final String CHAPTER_AT =
      ChapterAt.joined("b.book_id", "b.owner_id", "e.book_offset");

  private static final String HEAD =
      """
      select b.book_id, b.code_points, e.revision as progress_revision,
        e.book_offset as progress_offset, e.device as progress_device,
        e.event_at as progress_event_at, e.updated_at as progress_accepted_at,
        p.ordinal as progress_chapter, e.finished_at, e.approximate,
        e.book_offset - p.start_offset as progress_chapter_offset
      """;

  private static final String STEP =
      """
      select b.book_id, b.code_points, e.event_id, e.base_revision, e.policy, e.outcome,
        e.revision as progress_revision, e.book_offset as progress_offset,
        e.device as progress_device, e.event_at as progress_event_at,
        e.received_at as progress_accepted_at, p.ordinal as progress_chapter,
        e.book_offset - p.start_offset as progress_chapter_offset
      """;

  /** The resolved head of a book that is not deleted; empty when there is no such book. */
  Optional<Opened> head(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            HEAD
                + """
                from book b
                left join progress_head e on e.owner_id = :owner and e.book_id = b.book_id
                """
                + CHAPTER_AT
                + """
                where b.book_id = :book and b.owner_id = (select readable_owner(:book, :owner))
                  and b.deleted_at is null
                """)
        .bind("book", book)
        .bind("owner", owner)
        .map((row, _) -> new Opened(progress(row)))
        .findOne();
  }

  /** Heads of books that are not deleted, newer books first. */
  List<Progress> heads(Handle handle, UUID owner, UUID before, int limit) {
    return handle
        .createQuery(
            HEAD
                + """
                from progress_head e
                """
                + BOOK
                + CHAPTER_AT
                + """
                where e.owner_id = :owner and e.book_id < :before and b.deleted_at is null
                order by e.book_id desc
                limit :limit
                """)
        .bind("owner", owner)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, _) -> withFinish(row, ProgressHead.read(row).orElseThrow().toMessage()))
        .list();
  }

  /** Heads of the devices in a book, the latest first. */
  List<Progress> devices(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select b.book_id, b.code_points, e.revision as progress_revision,
              e.book_offset as progress_offset, e.device as progress_device,
              e.event_at as progress_event_at, e.event_at as progress_accepted_at,
              p.ordinal as progress_chapter,
              e.book_offset - p.start_offset as progress_chapter_offset
            from progress_device_head e
            """
                + BOOK
                + CHAPTER_AT
                + """
                where e.book_id = :book and e.owner_id = :owner and e.device <> ''
                order by e.event_at desc, e.device
                limit :limit
                """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("limit", MAX_DEVICES)
        .map((row, _) -> ProgressHead.read(row).orElseThrow().toMessage())
        .map(head -> head.toBuilder().clearUpdateTime().build())
        .list();
  }

  /** The log of a book, newest first. */
  List<ProgressStep> steps(Handle handle, UUID owner, UUID book, long before, int limit) {
    return handle
        .createQuery(
            STEP
                + """
                from progress_event e
                """
                + BOOK
                + CHAPTER_AT
                + """
                where e.book_id = :book and e.owner_id = :owner and e.event_id < :before
                order by e.event_id desc
                limit :limit
                """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, _) -> step(row, book))
        .list();
  }

  /** Where one step of a book's log was. */
  Optional<Place> place(Handle handle, UUID owner, UUID book, long eventId) {
    return handle
        .createQuery(
            """
            select e.book_offset, b.code_points
            from progress_event e
            """
                + BOOK
                + """
                where e.event_id = :event and e.owner_id = :owner and e.book_id = :book
                """)
        .bind("event", eventId)
        .bind("owner", owner)
        .bind("book", book)
        .map((row, _) -> new Place(row.getLong("book_offset"), row.getLong("code_points")))
        .findOne();
  }

  /** Places of steps of the log, by their ids; the revision is 0 when a step was not applied. */
  Map<Long, Progress> places(Handle handle, Collection<Long> eventIds) {
    List<Numbered> found =
        handle
            .createQuery(
                STEP
                    + """
                    from unnest(cast(:events as bigint[])) as wanted (event_id)
                    cross join lateral (
                      select x.* from progress_event x where x.event_id = wanted.event_id
                      limit 1) e
                    """
                    + BOOK
                    + CHAPTER_AT)
            .bind("events", eventIds.toArray(Long[]::new))
            .map(
                (row, _) ->
                    new Numbered(
                        row.getLong("event_id"), ProgressHead.read(row).orElseThrow().toMessage()))
            .list();
    Map<Long, Progress> places = new HashMap<>();
    found.forEach(each -> places.put(each.eventId(), each.progress()));
    return places;
  }

  private static @Nullable Progress progress(ResultSet row) throws SQLException {
    Optional<ProgressHead> head = ProgressHead.read(row);
    return head.isEmpty() ? null : withFinish(row, head.get().toMessage());
  }

  private static Progress withFinish(ResultSet row, Progress message) throws SQLException {
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    Progress.Builder progress = message.toBuilder().setApproximate(row.getBoolean("approximate"));
    if (finished != null) {
      progress.setFinishTime(WireTime.of(finished.toInstant()));
    }
    return progress.build();
  }

  private static ProgressStep step(ResultSet row, UUID book) throws SQLException {
    return ProgressStep.newBuilder()
        .setName(new ReadingName.Step(book, row.getLong("event_id")).toString())
        .setProgress(ProgressHead.read(row).orElseThrow().toMessage())
        .setOutcome(Resolution.valueOf(row.getString("outcome")).wire())
        .setBaseRevision(row.getLong("base_revision"))
        .setPolicy(ConflictPolicy.valueOf(row.getString("policy")))
        .build();
  }
}
