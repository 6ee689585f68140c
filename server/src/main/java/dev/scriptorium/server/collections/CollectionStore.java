package dev.scriptorium.server.collections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on collections and what is in them. Thread-safe. */
final class CollectionStore {
  private static final String SELECT =
      """
      select c.collection_id, c.owner_id, c.revision, c.title, c.description, c.book_count,
        c.created_at, c.updated_at
      """;

  /** False when the id is taken. */
  boolean insert(Handle handle, StoredCollection collection) {
    return handle
            .createUpdate(
                """
                insert into collection (collection_id, owner_id, title, description, created_at,
                  updated_at)
                values (:id, :owner, :title, :description, :now, :now)
                on conflict (collection_id) do nothing
                """)
            .bind("id", collection.id())
            .bind("owner", collection.owner())
            .bind("title", collection.title())
            .bind("description", collection.description())
            .bind("now", collection.createdAt())
            .execute()
        == 1;
  }

  /** True when a user has so many collections or more. */
  boolean full(Handle handle, UUID owner, int most) {
    return handle
        .createQuery(
            """
            select count(*) >= :most from (
              select 1 from collection where owner_id = :owner order by collection_id limit :most) c
            """)
        .bind("owner", owner)
        .bind("most", most)
        .mapTo(Boolean.class)
        .one();
  }

  /** A collection of the caller, or one that is shared with the caller. */
  Optional<StoredCollection> find(Handle handle, UUID caller, UUID collection) {
    return handle
        .createQuery(
            SELECT
                + """
                from collection c
                where c.collection_id = :collection
                  and (c.owner_id = :caller or exists (
                    select from collection_share s
                    where s.collection_id = c.collection_id and s.reader_id = :caller))
                """)
        .bind("collection", collection)
        .bind("caller", caller)
        .map(CollectionStore::read)
        .findOne();
  }

  /** A collection of its owner, locked until the transaction ends. */
  Optional<StoredCollection> lock(Handle handle, UUID owner, UUID collection) {
    return handle
        .createQuery(
            SELECT
                + """
                from collection c
                where c.collection_id = :collection and c.owner_id = :owner
                for update
                """)
        .bind("collection", collection)
        .bind("owner", owner)
        .map(CollectionStore::read)
        .findOne();
  }

  /** Those of a user, by id. */
  List<StoredCollection> own(Handle handle, UUID owner, UUID after, int limit) {
    return handle
        .createQuery(
            SELECT
                + """
                from collection c
                where c.owner_id = :owner and c.collection_id > :after
                order by c.collection_id
                limit :limit
                """)
        .bind("owner", owner)
        .bind("after", after)
        .bind("limit", limit)
        .map(CollectionStore::read)
        .list();
  }

  /** Those that a user may read, by id. */
  List<StoredCollection> shared(Handle handle, UUID reader, UUID after, int limit) {
    return handle
        .createQuery(
            SELECT
                + """
                from collection_share s
                cross join lateral (
                  select * from collection x where x.collection_id = s.collection_id limit 1) c
                where s.reader_id = :reader and s.collection_id > :after
                order by s.collection_id
                limit :limit
                """)
        .bind("reader", reader)
        .bind("after", after)
        .bind("limit", limit)
        .map(CollectionStore::read)
        .list();
  }

  /** Sets what can be edited. */
  void update(Handle handle, StoredCollection collection) {
    handle
        .createUpdate(
            """
            update collection set title = :title, description = :description,
              revision = revision + 1, updated_at = :now
            where collection_id = :collection and owner_id = :owner
            """)
        .bind("title", collection.title())
        .bind("description", collection.description())
        .bind("now", collection.updatedAt())
        .bind("collection", collection.id())
        .bind("owner", collection.owner())
        .execute();
  }

  /** Its books have changed; the revision counts by itself. */
  void touch(Handle handle, StoredCollection collection, Instant now) {
    handle
        .createUpdate(
            """
            update collection set updated_at = :now
            where collection_id = :collection and owner_id = :owner
            """)
        .bind("now", now)
        .bind("collection", collection.id())
        .bind("owner", collection.owner())
        .execute();
  }

  void delete(Handle handle, StoredCollection collection) {
    handle
        .createUpdate(
            "delete from collection where collection_id = :collection and owner_id = :owner")
        .bind("collection", collection.id())
        .bind("owner", collection.owner())
        .execute();
  }

  private static StoredCollection read(ResultSet row, StatementContext context)
      throws SQLException {
    return new StoredCollection(
        row.getObject("collection_id", UUID.class),
        row.getObject("owner_id", UUID.class),
        row.getLong("revision"),
        row.getString("title"),
        row.getString("description"),
        row.getInt("book_count"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
