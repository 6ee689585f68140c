package dev.scriptorium.server.jobs;

import dev.scriptorium.server.blob.BlobReferences;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Database;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Results that are still needed: later jobs of the book read them. Packs belong to the books, which
 * name them as long as they need them. Thread-safe.
 */
public final class ResultReferences implements BlobReferences {
  private static final String REFERENCED =
      """
      select result_sha256 as sha256 from outcome where result_sha256 = any(:candidates)
      """;

  private final Database database;

  /**
   * @param database transactions of the system itself
   */
  public ResultReferences(Database database) {
    this.database = database;
  }

  @Override
  public Set<Sha256> referenced(List<Sha256> candidates) {
    return database.inTransaction(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(REFERENCED)
                    .bindArray(
                        "candidates", String.class, candidates.stream().map(Sha256::hex).toList())
                    .map((row, _) -> new Sha256(row.getString("sha256")))
                    .list()));
  }
}
