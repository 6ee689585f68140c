package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.worker.v1.PackRange;
import org.jspecify.annotations.Nullable;

/** Checks that what a result says of its pack can be true. */
final class PackCheck {
  private static final long HEADER_BYTES = 4;
  private static final int MAX_PIECE_BYTES = 64 << 20;

  private final @Nullable StoredBlob pack;

  PackCheck(@Nullable StoredBlob pack) {
    this.pack = pack;
  }

  /** The range lies inside the pack, behind its header, and is not too large to be served. */
  void require(ResultItems items, PackRange range) throws ResultInvalidException {
    items.require(pack != null, "there is a pack");
    long size = pack == null ? 0 : pack.sizeBytes();
    items.require(
        range.getLength() >= 1 && range.getLength() <= MAX_PIECE_BYTES,
        "content has 1 to " + MAX_PIECE_BYTES + " bytes");
    items.require(
        range.getOffset() >= HEADER_BYTES && range.getOffset() <= size - range.getLength(),
        "content lies in the pack of " + size + " bytes");
  }
}
