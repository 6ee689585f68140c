package dev.scriptorium.server.reading;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Statements that move the places of all readers of a book. For a role that sees all of them.
 * Thread-safe.
 */
final class MovedPlaceStore {
  /** A reader's place. */
  record Head(UUID owner, long offset) {}

  boolean any(Handle handle, UUID book) {
    return handle
        .createQuery("select exists (select from progress_head where book_id = :book)")
        .bind("book", book)
        .mapTo(Boolean.class)
        .one();
  }

  /** The places of all readers, locked until the transaction ends. */
  List<Head> lock(Handle handle, UUID book) {
    return handle
        .createQuery(
            """
            select owner_id, book_offset from progress_head
            where book_id = :book
            order by owner_id
            for update
            """)
        .bind("book", book)
        .map((row, _) -> new Head(row.getObject("owner_id", UUID.class), row.getLong(2)))
        .list();
  }

  /** The places of all devices of all readers, each once. */
  List<Long> deviceOffsets(Handle handle, UUID book) {
    return handle
        .createQuery(
            """
            select distinct book_offset from progress_device_head where book_id = :book
            """)
        .bind("book", book)
        .mapTo(Long.class)
        .list();
  }

  void moveDevices(Handle handle, UUID book, Map<Long, MovedPlaces.Place> moved) {
    List<Map.Entry<Long, MovedPlaces.Place>> places = List.copyOf(moved.entrySet());
    handle
        .createUpdate(
            """
            update progress_device_head d set book_offset = m.now_at
            from unnest(:before::bigint[], :after::bigint[]) as m (was_at, now_at)
            where d.book_id = :book and d.book_offset = m.was_at and m.was_at <> m.now_at
            """)
        .bind("book", book)
        .bind("before", places.stream().map(Map.Entry::getKey).toArray(Long[]::new))
        .bind("after", places.stream().map(p -> p.getValue().offset()).toArray(Long[]::new))
        .execute();
  }

  /**
   * Makes a step of the server's for each reader. Its device is the empty one: to every other it
   * looks like somebody who has moved since.
   */
  void moveHeads(
      Handle handle, UUID book, List<Head> heads, Map<Long, MovedPlaces.Place> moved, Instant now) {
    List<MovedPlaces.Place> places =
        heads.stream().map(head -> Objects.requireNonNull(moved.get(head.offset()))).toList();
    handle
        .createUpdate(
            """
            with moved as (
              select * from unnest(:owners::uuid[], :offsets::bigint[], :approximate::boolean[])
                as m (owner_id, book_offset, approximate)),
            head as (
              update progress_head h set revision = h.revision + 1, book_offset = m.book_offset,
                approximate = m.approximate, updated_at = :now,
                event_id = nextval('progress_event_event_id_seq')
              from moved m
              where h.owner_id = m.owner_id and h.book_id = :book
              returning h.owner_id, h.book_id, h.event_id, h.revision, h.book_offset, h.event_at),
            device as (
              insert into progress_device_head (book_id, owner_id, device, event_id, revision,
                book_offset, event_at)
              select book_id, owner_id, '', event_id, revision, book_offset, event_at from head
              on conflict (book_id, owner_id, device) do update set event_id = excluded.event_id,
                revision = excluded.revision, book_offset = excluded.book_offset,
                event_at = excluded.event_at)
            insert into progress_event (event_id, owner_id, book_id, device, base_revision, revision,
              book_offset, event_at, received_at, policy, outcome, request_hash)
            overriding system value
            select event_id, owner_id, book_id, '', revision - 1, revision, book_offset, event_at,
              :now, 'CONFLICT_POLICY_FORCE', 'APPLIED', '' from head
            """)
        .bind("book", book)
        .bind("owners", heads.stream().map(Head::owner).toArray(UUID[]::new))
        .bind("offsets", places.stream().map(MovedPlaces.Place::offset).toArray(Long[]::new))
        .bind(
            "approximate",
            places.stream().map(MovedPlaces.Place::approximate).toArray(Boolean[]::new))
        .bind("now", now)
        .execute();
  }
}
