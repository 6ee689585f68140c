package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.BlobReferences;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names the blobs that books need: their files and packs, also those of deleted books that are not
 * purged yet, and files that are about to become books. Thread-safe.
 */
public final class BookBlobs implements BlobReferences {
  private final Database database;

  /**
   * @param database transactions of the role scriptorium_scheduler
   */
  public BookBlobs(Database database) {
    this.database = database;
  }

  @Override
  public Set<Sha256> referenced(List<Sha256> candidates) {
    String[] hashes = candidates.stream().map(Sha256::hex).toArray(String[]::new);
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select sha256 from book_file where sha256 = any(:hashes)
                    union
                    select sha256 from book_pack where sha256 = any(:hashes)
                    union
                    select content from upload where content = any(:hashes)
                    union
                    select sha256 from book_replacement
                    where sha256 = any(:hashes) and state <> 'DONE'
                    """)
                .bind("hashes", hashes)
                .mapTo(String.class)
                .map(Sha256::new)
                .collect(Collectors.toSet()));
  }
}
