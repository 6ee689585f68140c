package dev.scriptorium.server.jobs;

import dev.scriptorium.server.blob.BlobReferences;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names the blobs that outcomes refer to: results, which later jobs read. Thread-safe. */
public final class JobBlobs implements BlobReferences {
  private final Database database;

  /**
   * @param database transactions of the role scriptorium_scheduler
   */
  public JobBlobs(Database database) {
    this.database = database;
  }

  @Override
  public Set<Sha256> referenced(List<Sha256> candidates) {
    return database.inTransaction(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(
                        """
                        select distinct result_sha256 from outcome
                         where result_sha256 = any(:hashes)
                        """)
                    .bindArray(
                        "hashes", String.class, candidates.stream().map(Sha256::hex).toList())
                    .mapTo(String.class)
                    .map(Sha256::new)
                    .list()));
  }
}
