package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements that put a new book into the catalog. Thread-safe. */
final class UploadStore {
  /**
   * Makes uploads of the same bytes by the same owner wait for each other until the transaction
   * ends.
   */
  void lockContent(Handle handle, UUID owner, Sha256 content) {
    handle
        .createQuery(
            """
            select 1 from pg_advisory_xact_lock(hashtextextended(:owner::text || :content, 0))
            """)
        .bind("owner", owner)
        .bind("content", content.hex())
        .mapTo(Integer.class)
        .one();
  }

  /** The owner's book that has these bytes, or is about to have them, and is not deleted. */
  Optional<UUID> findByContent(Handle handle, UUID owner, Sha256 content) {
    return handle
        .createQuery(
            """
            select book_id from book_file
            where owner_id = :owner and sha256 = :content and deleted_at is null
            union all
            select r.book_id from book_replacement r
            join book b on b.book_id = r.book_id and b.owner_id = r.owner_id
            where r.owner_id = :owner and r.sha256 = :content and r.state = 'PENDING'
              and b.deleted_at is null
            limit 1
            """)
        .bind("owner", owner)
        .bind("content", content.hex())
        .mapTo(UUID.class)
        .findOne();
  }

  /** The owner's book that had these bytes last, and is not deleted. */
  Optional<UUID> findByFormerContent(Handle handle, UUID owner, Sha256 content) {
    return handle
        .createQuery(
            """
            select h.book_id from book_file_history h
            join book b on b.book_id = h.book_id and b.owner_id = h.owner_id
            where h.owner_id = :owner and h.sha256 = :content and b.deleted_at is null
            order by h.replaced_at desc
            limit 1
            """)
        .bind("owner", owner)
        .bind("content", content.hex())
        .mapTo(UUID.class)
        .findOne();
  }

  void insertBook(Handle handle, UUID owner, UUID book, String title, Instant now) {
    handle
        .createUpdate(
            """
            insert into book (book_id, owner_id, title, created_at, updated_at)
            values (:book, :owner, :title, :now, :now)
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("title", title)
        .bind("now", now)
        .execute();
  }

  void insertFile(
      Handle handle, UUID owner, UUID book, Sha256 content, long size, String name, String type) {
    handle
        .createUpdate(
            """
            insert into book_file (book_id, owner_id, sha256, size_bytes, file_name, media_type)
            values (:book, :owner, :content, :size, :name, :type)
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("content", content.hex())
        .bind("size", size)
        .bind("name", name)
        .bind("type", type)
        .execute();
  }
}
