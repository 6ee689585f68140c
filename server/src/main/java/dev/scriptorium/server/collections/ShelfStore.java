package dev.scriptorium.server.collections;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on the books of a collection that is locked. Thread-safe. */
final class ShelfStore {
  /** The first of some books that their owner does not have, or has deleted. */
  Optional<UUID> missing(Handle handle, UUID owner, List<UUID> books) {
    return handle
        .createQuery(
            """
            select wanted.book_id
            from unnest(cast(:books as uuid[])) with ordinality as wanted (book_id, n)
            left join lateral (
              select 1 as there from book b
              where b.book_id = wanted.book_id and b.owner_id = :owner and b.deleted_at is null
              limit 1) b on true
            where b.there is null
            order by wanted.n
            limit 1
            """)
        .bind("books", books.toArray(UUID[]::new))
        .bind("owner", owner)
        .mapTo(UUID.class)
        .findOne();
  }

  /**
   * Puts books at the end; those that are there stay.
   *
   * @param books none twice
   * @return how many came
   */
  int add(Handle handle, StoredCollection collection, List<UUID> books, Instant now) {
    return handle
        .createUpdate(
            """
            insert into collection_book (collection_id, book_id, owner_id, place, added_at)
            select :collection, wanted.book_id, :owner, wanted.n + coalesce((
                select max(m.place) from collection_book m
                where m.owner_id = :owner and m.collection_id = :collection), 0), :now
            from unnest(cast(:books as uuid[])) with ordinality as wanted (book_id, n)
            on conflict (collection_id, book_id) do nothing
            """)
        .bind("collection", collection.id())
        .bind("owner", collection.owner())
        .bind("books", books.toArray(UUID[]::new))
        .bind("now", now)
        .execute();
  }

  /** Takes books out; those that were there. */
  List<UUID> remove(Handle handle, StoredCollection collection, List<UUID> books) {
    return handle
        .createQuery(
            """
            delete from collection_book
            where collection_id = :collection and owner_id = :owner
              and book_id = any (cast(:books as uuid[]))
            returning book_id
            """)
        .bind("collection", collection.id())
        .bind("owner", collection.owner())
        .bind("books", books.toArray(UUID[]::new))
        .mapTo(UUID.class)
        .list();
  }

  /** All books that are in it. */
  List<UUID> books(Handle handle, UUID collection, UUID owner) {
    return handle
        .createQuery(
            """
            select book_id from collection_book
            where owner_id = :owner and collection_id = :collection
            limit :limit
            """)
        .bind("owner", owner)
        .bind("collection", collection)
        .bind("limit", Collections.MAX_BOOKS)
        .mapTo(UUID.class)
        .list();
  }
}
