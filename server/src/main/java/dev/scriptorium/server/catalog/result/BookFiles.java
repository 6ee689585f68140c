package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.jobs.BookInputs;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.JobInputs;
import dev.scriptorium.server.jobs.StoredBlob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file of a job's book, or the one that is to take its place, and its pack. Thread-safe.
 */
public final class BookFiles implements JobInputs {
  @Override
  public Optional<BookInputs> of(Handle handle, Job job) {
    return handle
        .createQuery(
            """
            select coalesce(r.file_name, f.file_name) as file_name,
              coalesce(b.language[1], '') as language, coalesce(r.sha256, f.sha256) as sha256,
              coalesce(r.size_bytes, f.size_bytes) as size_bytes,
              p.sha256 as pack_sha256, p.size_bytes as pack_size_bytes
            from book b
            join book_file f on f.book_id = b.book_id
            left join book_pack p on p.book_id = b.book_id and p.tier = 2
            left join book_replacement r on r.replacement_id = cast(:replacement as uuid)
              and r.book_id = b.book_id and r.owner_id = b.owner_id and r.state = 'PENDING'
            where b.book_id = :book and b.owner_id = :owner and b.deleted_at is null
              and (cast(:replacement as uuid) is null or r.replacement_id is not null)
            """)
        .bind("replacement", ReplacementJob.of(job).map(UUID::toString).orElse(null))
        .bind("book", job.book())
        .bind("owner", job.owner())
        .map((row, _) -> inputs(row))
        .findOne();
  }

  private static BookInputs inputs(ResultSet row) throws SQLException {
    return new BookInputs(
        row.getString("file_name"),
        row.getString("language"),
        new StoredBlob(new Sha256(row.getString("sha256")), row.getLong("size_bytes")),
        pack(row));
  }

  private static @Nullable StoredBlob pack(ResultSet row) throws SQLException {
    String hash = row.getString("pack_sha256");
    return hash == null ? null : new StoredBlob(new Sha256(hash), row.getLong("pack_size_bytes"));
  }
}
