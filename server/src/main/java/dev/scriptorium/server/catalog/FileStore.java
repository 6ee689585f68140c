package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on files of books. Thread-safe. */
final class FileStore {
  /**
   * A book's file.
   *
   * @param content its hash, which names its blob
   * @param size in bytes
   */
  record File(Sha256 content, long size, String name, String mediaType) {}

  /** The file of a book that is not deleted. */
  Optional<File> find(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select f.sha256, f.size_bytes, f.file_name, f.media_type
            from book b
            join book_file f on f.book_id = b.book_id and f.owner_id = b.owner_id
            where b.book_id = :book and b.owner_id = :owner and b.deleted_at is null
            """)
        .bind("book", book)
        .bind("owner", owner)
        .map(
            (row, _) ->
                new File(
                    new Sha256(row.getString("sha256")),
                    row.getLong("size_bytes"),
                    row.getString("file_name"),
                    row.getString("media_type")))
        .findOne();
  }
}
