package dev.scriptorium.server.catalog;

import com.github.luben.zstd.ZstdInputStream;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.cache.CacheKey;
import dev.scriptorium.worker.v1.ChapterContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads pieces of packs. A pack never changes, so what was read once is good for ever. Thread-safe.
 */
final class Packs {
  private static final int MAX_CONTENT_BYTES = 64 << 20;

  private final BlobStore blobs;
  private final Cache cache;

  Packs(BlobStore blobs, Cache cache) {
    this.blobs = blobs;
    this.cache = cache;
  }

  /** A chapter's text and HTML, which are not kept. */
  ChapterContent chapter(PieceStore.Piece piece) throws IOException {
    return ChapterContent.parseFrom(decode(read(piece)));
  }

  /** A chapter's text and HTML, kept for who reads them next. */
  ChapterContent keptChapter(PieceStore.Piece piece) throws IOException {
    CacheKey key = CacheKey.immutable("content", piece.pack() + ":" + piece.offset());
    return cache.get(
        key, ChapterContent.parser(), () -> ChapterContent.parseFrom(decode(read(piece))));
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
