package dev.scriptorium.server.jobs;

import dev.scriptorium.server.blob.Sha256;

/**
 * A blob that is durable.
 *
 * @param sha256 its hash, which is its name
 * @param sizeBytes its length, at least 0
 */
public record StoredBlob(Sha256 sha256, long sizeBytes) {
  /** Checks the length. */
  public StoredBlob {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("size " + sizeBytes + " is below 0");
    }
  }
}
