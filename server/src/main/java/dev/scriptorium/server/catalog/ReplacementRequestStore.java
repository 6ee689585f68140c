package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Replacement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on replacements as the owner of a book sees and asks for them. Thread-safe. */
final class ReplacementRequestStore {
  /**
   * A book that is to get another file, locked.
   *
   * @param content of its present file
   * @param busy true when a tier of its import has not ended, or another file is on its way
   */
  record Target(long revision, Sha256 content, boolean busy) {}

  /** Locks a book that is not deleted. */
  Optional<Target> lock(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select b.revision, f.sha256,
              (select count(*) from book_stage s
                where s.book_id = b.book_id and s.owner_id = b.owner_id
                  and s.state <> 'WAITING') < 3
              or exists (
                select from book_replacement r
                where r.book_id = b.book_id and r.owner_id = b.owner_id and r.state = 'PENDING')
                as busy
            from book b
            join book_file f on f.book_id = b.book_id and f.owner_id = b.owner_id
            where b.book_id = :book and b.owner_id = :owner and b.deleted_at is null
            for update of b
            """)
        .bind("book", book)
        .bind("owner", owner)
        .map(
            (row, _) ->
                new Target(
                    row.getLong("revision"),
                    new Sha256(row.getString("sha256")),
                    row.getBoolean("busy")))
        .findOne();
  }

  /** Notes a replacement; those of the book that have failed are forgotten. */
  void insert(Handle handle, ReplacementName name, Uploads.File file, boolean done, Instant now) {
    handle
        .createUpdate(
            """
            with old as (
              delete from book_replacement
              where book_id = :book and owner_id = :owner and state = 'FAILED')
            insert into book_replacement (replacement_id, book_id, owner_id, sha256, size_bytes,
              file_name, media_type, state, created_at, ended_at)
            values (:id, :book, :owner, :sha256, :size, :name, :type,
              case when :done then 'DONE' else 'PENDING' end, :now,
              case when :done then cast(:now as timestamptz) end)
            """)
        .bind("id", name.id())
        .bind("book", name.book())
        .bind("owner", file.owner())
        .bind("sha256", file.content().hex())
        .bind("size", file.size())
        .bind("name", file.upload().fileName())
        .bind("type", file.mediaType())
        .bind("done", done)
        .bind("now", now)
        .execute();
  }

  Optional<Replacement> find(Handle handle, UUID owner, ReplacementName name) {
    return handle
        .createQuery(
            """
            select * from book_replacement
            where replacement_id = :id and book_id = :book and owner_id = :owner
            """)
        .bind("id", name.id())
        .bind("book", name.book())
        .bind("owner", owner)
        .map((row, _) -> message(row, name))
        .findOne();
  }

  private static Replacement message(ResultSet row, ReplacementName name) throws SQLException {
    Replacement.Builder replacement =
        Replacement.newBuilder()
            .setName(name.toString())
            .setState(Replacement.State.valueOf("STATE_" + row.getString("state")))
            .setFileName(row.getString("file_name"))
            .setMediaType(row.getString("media_type"))
            .setSizeBytes(row.getLong("size_bytes"))
            .setSha256(row.getString("sha256"))
            .setPlaceCount(row.getLong("place_count"))
            .setLostCount(row.getLong("lost_count"))
            .setCreateTime(time(row, "created_at"));
    if (row.getObject("ended_at") != null) {
      replacement.setEndTime(time(row, "ended_at"));
    }
    if (replacement.getState() == Replacement.State.STATE_FAILED) {
      replacement.setFailure(
          Failure.newBuilder()
              .setReason(ErrorReason.valueOf("ERROR_REASON_" + row.getString("failure_reason")))
              .setMessage(row.getString("failure_message"))
              .setLimit(row.getString("failure_limit")));
    }
    return replacement.build();
  }

  private static com.google.protobuf.Timestamp time(ResultSet row, String column)
      throws SQLException {
    return WireTime.of(row.getObject(column, OffsetDateTime.class).toInstant());
  }
}
