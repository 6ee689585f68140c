package dev.scriptorium.server.cache;

import java.util.List;

/**
 * Names a cached message.
 *
 * @param kind what it is, for the rates, for example {@code chapter}
 * @param id which one of its kind
 * @param tags what it was made from: it is forgotten when one of them changes. None for what never
 *     changes, whose id then names a hash or a version
 */
public record CacheKey(String kind, String id, List<String> tags) {
  private static final int MAX_LENGTH = 250;

  /** Checks the length and copies the tags. */
  public CacheKey {
    tags = List.copyOf(tags);
    if (kind.length() + id.length() >= MAX_LENGTH) {
      throw new IllegalArgumentException("a key has at most " + MAX_LENGTH + " characters");
    }
  }

  /** A key of something that never changes. */
  public static CacheKey immutable(String kind, String id) {
    return new CacheKey(kind, id, List.of());
  }

  /** True when what it names never changes. */
  boolean isImmutable() {
    return tags.isEmpty();
  }

  /** {@code kind:id}. */
  String name() {
    return kind + ":" + id;
  }
}
