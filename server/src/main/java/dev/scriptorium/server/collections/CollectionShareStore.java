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

/** Statements on who may read a collection, for a role that sees every user's. Thread-safe. */
final class CollectionShareStore {
  /** That somebody may read a collection. */
  record Shared(UUID collection, UUID reader, String readerName, Instant at) {}

  /** Whose a collection is. */
  Optional<UUID> owner(Handle handle, UUID collection) {
    return handle
        .createQuery("select owner_id from collection where collection_id = :collection")
        .bind("collection", collection)
        .mapTo(UUID.class)
        .findOne();
  }

  /** True when a collection has so many readers, or a reader so many collections. */
  boolean full(Handle handle, UUID collection, UUID reader, int readers, int collections) {
    return handle
        .createQuery(
            """
            select (
                select count(*) >= :readers from (
                  select 1 from collection_share
                  where collection_id = :collection and reader_id <> :reader
                  limit :readers) s)
              or (
                select count(*) >= :collections from (
                  select 1 from collection_share
                  where reader_id = :reader and collection_id <> :collection
                  limit :collections) s)
            """)
        .bind("collection", collection)
        .bind("reader", reader)
        .bind("readers", readers)
        .bind("collections", collections)
        .mapTo(Boolean.class)
        .one();
  }

  /** Shares a collection; does nothing twice. */
  void insert(Handle handle, UUID collection, UUID owner, UUID reader, Instant now) {
    handle
        .createUpdate(
            """
            insert into collection_share (collection_id, reader_id, owner_id, created_at)
            values (:collection, :reader, :owner, :now)
            on conflict (collection_id, reader_id) do nothing
            """)
        .bind("collection", collection)
        .bind("reader", reader)
        .bind("owner", owner)
        .bind("now", now)
        .execute();
  }

  /** Ends a share; false when there is none. */
  boolean delete(Handle handle, UUID collection, UUID reader) {
    return handle
            .createUpdate(
                """
                delete from collection_share
                where collection_id = :collection and reader_id = :reader
                """)
            .bind("collection", collection)
            .bind("reader", reader)
            .execute()
        > 0;
  }

  /** One share. */
  Shared find(Handle handle, UUID collection, UUID reader) {
    return handle
        .createQuery(
            """
            select s.collection_id, s.reader_id, a.name, s.created_at
            from collection_share s
            join account a on a.id = s.reader_id
            where s.collection_id = :collection and s.reader_id = :reader
            """)
        .bind("collection", collection)
        .bind("reader", reader)
        .map(CollectionShareStore::read)
        .one();
  }

  /** Who may read a collection, by id. */
  List<Shared> list(Handle handle, UUID collection, UUID owner, int limit) {
    return handle
        .createQuery(
            """
            select s.collection_id, s.reader_id, a.name, s.created_at
            from collection_share s
            join account a on a.id = s.reader_id
            where s.collection_id = :collection and s.owner_id = :owner
            order by s.reader_id
            limit :limit
            """)
        .bind("collection", collection)
        .bind("owner", owner)
        .bind("limit", limit)
        .map(CollectionShareStore::read)
        .list();
  }

  private static Shared read(ResultSet row, StatementContext context) throws SQLException {
    return new Shared(
        row.getObject("collection_id", UUID.class),
        row.getObject("reader_id", UUID.class),
        row.getString("name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
