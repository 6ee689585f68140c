package dev.scriptorium.server.cache;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How a value lies in Redis: a byte that names the form, then the value, compressed when that pays.
 * A form that this server does not know is a miss, so that servers of two versions may share one
 * Redis.
 */
final class CachedValue {
  private static final byte PLAIN = 1;
  private static final byte ZSTD = 2;
  private static final int COMPRESS_FROM_BYTES = 1024;
  private static final int LEVEL = 1;
  private static final int MAX_BYTES = 64 << 20;

  private CachedValue() {}

  static byte[] encode(byte[] value) {
    if (value.length < COMPRESS_FROM_BYTES) {
      return ByteBuffer.allocate(1 + value.length).put(PLAIN).put(value).array();
    }
    byte[] compressed = Zstd.compress(value, LEVEL);
    return ByteBuffer.allocate(5 + compressed.length)
        .put(ZSTD)
        .putInt(value.length)
        .put(compressed)
        .array();
  }

  /** Empty when the bytes are of no known form. */
  static Optional<byte[]> decode(byte[] stored) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    byte form = stored.length == 0 ? 0 : buffer.get();
    return switch (form) {
      case PLAIN -> Optional.of(rest(buffer));
      case ZSTD -> decompress(buffer);
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> decompress(ByteBuffer buffer) {
    int size = buffer.remaining() < 4 ? -1 : buffer.getInt();
    if (size < 0 || size > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(Zstd.decompress(rest(buffer), size));
    } catch (ZstdException e) {
      return Optional.empty();
    }
  }

  private static byte[] rest(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
