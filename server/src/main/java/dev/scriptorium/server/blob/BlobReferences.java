package dev.scriptorium.server.blob;

import java.util.List;
import java.util.Set;

/** What a feature still needs; every feature that stores hashes gives one to {@link BlobSweep}. */
@FunctionalInterface
public interface BlobReferences {
  /**
   * Those of the given blobs that a row of the feature refers to, found in one statement.
   *
   * @param candidates at most 1000
   */
  Set<Sha256> referenced(List<Sha256> candidates);
}
