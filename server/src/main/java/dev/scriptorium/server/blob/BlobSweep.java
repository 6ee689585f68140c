package dev.scriptorium.server.blob;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes blobs that no row has referred to for a day: uploads whose transaction failed, results of
 * fenced attempts, packs of deleted books. Safe beside uploads of the same content.
 */
public final class BlobSweep {
  private static final int BATCH = 500;

  private final FileBlobStore blobs;
  private final List<BlobReferences> references;
  private final Duration minimumAge;
  private final InstantSource clock;

  /**
   * @param references of every feature that stores hashes: a forgotten one loses its blobs
   * @param minimumAge longer than any transaction that may refer to a fresh blob; a day
   */
  public BlobSweep(
      FileBlobStore blobs,
      List<BlobReferences> references,
      Duration minimumAge,
      InstantSource clock) {
    this.blobs = blobs;
    this.references = List.copyOf(references);
    this.minimumAge = minimumAge;
    this.clock = clock;
  }

  /**
   * One pass over all blobs.
   *
   * @return how many were deleted
   */
  public int run() throws IOException {
    blobs.sweepUnfinished();
    Instant limit = clock.instant().minus(minimumAge);
    int deleted = 0;
    List<Sha256> batch = blobs.writtenBefore(limit, "", BATCH);
    while (!batch.isEmpty()) {
      deleted += deleteUnused(batch, limit);
      batch = blobs.writtenBefore(limit, batch.getLast().hex(), BATCH);
    }
    return deleted;
  }

  private int deleteUnused(List<Sha256> batch, Instant limit) throws IOException {
    Set<Sha256> used = new HashSet<>();
    for (BlobReferences feature : references) {
      used.addAll(feature.referenced(batch));
    }
    int deleted = 0;
    for (Sha256 blob : batch) {
      if (!used.contains(blob) && blobs.deleteWrittenBefore(blob, limit)) {
        deleted++;
      }
    }
    return deleted;
  }
}
