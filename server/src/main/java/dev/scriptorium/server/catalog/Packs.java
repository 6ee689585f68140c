package dev.scriptorium.server.catalog;

import com.github.luben.zstd.ZstdInputStream;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.worker.v1.ChapterContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Reads pieces of packs. A pack never changes, so what was read once is good for ever. Thread-safe.
 */
final class Packs {
  private static final Duration CACHED_FOR = Duration.ofMinutes(30);
  private static final int MAX_CONTENT_BYTES = 64 << 20;

  private final BlobStore blobs;
  private final Cache cache;

  Packs(BlobStore blobs, Cache cache) {
    this.blobs = blobs;
    this.cache = cache;
  }

  /** A chapter's text and HTML. */
  ChapterContent chapter(PieceStore.Piece piece) throws IOException {
    String key = "chapter:" + piece.pack() + ":" + piece.offset();
    return ChapterContent.parseFrom(cache.get(key, CACHED_FOR, () -> decode(read(piece))));
  }

  /** The bytes of a picture. */
  byte[] picture(PieceStore.Piece piece) throws IOException {
    return read(piece);
  }

  private byte[] read(PieceStore.Piece piece) throws IOException {
    ByteBuffer bytes = blobs.read(piece.pack(), piece.offset(), piece.length());
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  // The frame came from a parser of hostile files: it may claim any size.
  private static byte[] decode(byte[] frame) throws IOException {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(frame))) {
      byte[] content = in.readNBytes(MAX_CONTENT_BYTES + 1);
      if (content.length > MAX_CONTENT_BYTES) {
        throw new IOException("a chapter unpacks to more than " + MAX_CONTENT_BYTES + " bytes");
      }
      return content;
    }
  }
}
