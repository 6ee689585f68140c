package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Statements on files that arrive in pieces. Thread-safe. */
final class PartialUploadStore {
  /** False when the request id was used before; waits for a transaction that is using it. */
  boolean insert(Handle handle, PartialUpload upload) {
    return handle
            .createUpdate(
                """
                insert into upload (upload_id, owner_id, request_id, file_name, size_bytes, sha256,
                  server, created_at, expires_at)
                values (:id, :owner, cast(:request as uuid), :name, :size, :sha256,
                  :server, :createdAt, :expiresAt)
                on conflict (owner_id, request_id) where request_id is not null do nothing
                """)
            .bind("id", upload.id())
            .bind("owner", upload.owner())
            .bind("request", upload.file().requestId().map(UUID::toString).orElse(null))
            .bind("name", upload.file().fileName())
            .bind("size", upload.file().sizeBytes())
            .bind("sha256", upload.file().sha256())
            .bind("server", upload.server())
            .bind("createdAt", upload.createdAt())
            .bind("expiresAt", upload.expiresAt())
            .execute()
        == 1;
  }

  Optional<PartialUpload> find(Handle handle, UUID owner, UUID id) {
    return handle
        .createQuery("select * from upload where owner_id = :owner and upload_id = :id")
        .bind("owner", owner)
        .bind("id", id)
        .map((row, _) -> upload(row))
        .findOne();
  }

  Optional<PartialUpload> findByRequest(Handle handle, UUID owner, UUID requestId) {
    return handle
        .createQuery("select * from upload where owner_id = :owner and request_id = :request")
        .bind("owner", owner)
        .bind("request", requestId)
        .map((row, _) -> upload(row))
        .findOne();
  }

  /** Those that are not finished, oldest first. */
  List<PartialUpload> unfinished(Handle handle, UUID owner, int limit) {
    return handle
        .createQuery(
            """
            select * from upload where owner_id = :owner and finished_at is null
            order by upload_id limit :limit
            """)
        .bind("owner", owner)
        .bind("limit", limit)
        .map((row, _) -> upload(row))
        .list();
  }

  /**
   * Notes that more bytes are durable.
   *
   * @return false when the upload is gone, or somebody else has written meanwhile
   */
  boolean commit(Handle handle, PartialUpload upload, long committed, Instant expiresAt) {
    return handle
            .createUpdate(
                """
                update upload set committed = :committed, expires_at = :expiresAt
                where owner_id = :owner and upload_id = :id and committed = :before
                  and content is null
                """)
            .bind("committed", committed)
            .bind("expiresAt", expiresAt)
            .bind("owner", upload.owner())
            .bind("id", upload.id())
            .bind("before", upload.committed())
            .execute()
        == 1;
  }

  /** All bytes are to be sent again: they were not those that were announced. */
  void restart(Handle handle, PartialUpload upload) {
    handle
        .createUpdate(
            """
            update upload set committed = 0
            where owner_id = :owner and upload_id = :id and content is null
            """)
        .bind("owner", upload.owner())
        .bind("id", upload.id())
        .execute();
  }

  /** All bytes are there and right. */
  void seal(Handle handle, PartialUpload upload, Sha256 content, String mediaType) {
    handle
        .createUpdate(
            """
            update upload set content = :content, media_type = :mediaType
            where owner_id = :owner and upload_id = :id and committed = size_bytes
            """)
        .bind("content", content.hex())
        .bind("mediaType", mediaType)
        .bind("owner", upload.owner())
        .bind("id", upload.id())
        .execute();
  }

  /**
   * Notes what became of an upload, unless that is known.
   *
   * @return what is known, empty when the upload is gone
   */
  Optional<Boolean> finish(
      Handle handle, PartialUpload upload, UUID book, boolean duplicate, Instant now) {
    return handle
        .createQuery(
            """
            update upload set
              book_id = coalesce(book_id, :book),
              duplicate = case when finished_at is null then :duplicate else duplicate end,
              finished_at = coalesce(finished_at, :now)
            where owner_id = :owner and upload_id = :id
            returning duplicate
            """)
        .bind("book", book)
        .bind("duplicate", duplicate)
        .bind("now", now)
        .bind("owner", upload.owner())
        .bind("id", upload.id())
        .mapTo(Boolean.class)
        .findOne();
  }

  /** False when there was none. */
  boolean delete(Handle handle, UUID owner, UUID id) {
    return handle
            .createUpdate("delete from upload where owner_id = :owner and upload_id = :id")
            .bind("owner", owner)
            .bind("id", id)
            .execute()
        == 1;
  }

  /** Forgets uploads of all owners whose time is over, some at a time. */
  List<UUID> deleteExpired(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            """
            delete from upload where upload_id = any (array(
              select upload_id from upload where expires_at < :now
              order by expires_at limit :limit))
            returning upload_id
            """)
        .bind("now", now)
        .bind("limit", limit)
        .mapTo(UUID.class)
        .list();
  }

  /** Those of the ids that are uploads, of whomever. */
  Set<UUID> known(Handle handle, List<UUID> ids) {
    return handle
        .createQuery("select upload_id from upload where upload_id = any (:ids)")
        .bind("ids", ids.toArray(UUID[]::new))
        .mapTo(UUID.class)
        .collect(Collectors.toSet());
  }

  private static PartialUpload upload(ResultSet row) throws SQLException {
    String content = row.getString("content");
    return new PartialUpload(
        row.getObject("upload_id", UUID.class),
        row.getObject("owner_id", UUID.class),
        new Upload(
            row.getString("file_name"),
            row.getLong("size_bytes"),
            row.getString("sha256"),
            Optional.ofNullable(row.getObject("request_id", UUID.class))),
        row.getLong("committed"),
        row.getString("server"),
        content == null ? null : new Sha256(content),
        row.getString("media_type"),
        row.getObject("book_id", UUID.class),
        row.getBoolean("duplicate"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }
}
