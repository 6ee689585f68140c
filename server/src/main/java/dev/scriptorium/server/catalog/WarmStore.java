package dev.scriptorium.server.catalog;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds what was read of late. Thread-safe. */
final class WarmStore {
  // As much of the log as a busy server writes in a few seconds, and a quiet one in days.
  private static final int STEPS = 5000;

  /** A chapter that somebody is in. */
  record Place(UUID reader, UUID book, int chapter) {}

  private static final String READ_MOST =
      """
      select most.owner_id, most.book_id, c.ordinal
      from (
        select last.owner_id, last.book_id, count(*) as steps, max(last.event_id) as event_id
        from (
          select owner_id, book_id, event_id from progress_event
          order by event_id desc
          limit :steps) last
        group by last.owner_id, last.book_id
        order by steps desc, event_id desc
        limit :most) most
      join progress_head h on h.owner_id = most.owner_id and h.book_id = most.book_id
      join lateral (
        select c.ordinal from chapter c
        where c.book_id = h.book_id and c.start_offset <= h.book_offset
        order by c.start_offset desc, c.ordinal desc
        limit 1) c on true
      order by most.steps desc, most.event_id desc
      """;

  /** Where readers are in the books that were read most in the last steps of all. */
  List<Place> readMost(Handle handle, int most) {
    return handle
        .createQuery(READ_MOST)
        .bind("steps", STEPS)
        .bind("most", most)
        .map(
            (row, _) ->
                new Place(
                    row.getObject("owner_id", UUID.class),
                    row.getObject("book_id", UUID.class),
                    row.getInt("ordinal")))
        .list();
  }
}
