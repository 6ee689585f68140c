package dev.scriptorium.server.reading;

import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.cache.CacheKey;
import dev.scriptorium.server.wire.CacheTags;
import dev.scriptorium.v1.Progress;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Keeps places of readers until they or their books change. Thread-safe. */
public final class CachedProgress {
  private final Cache cache;

  /** Keeps them there. */
  public CachedProgress(Cache cache) {
    this.cache = cache;
  }

  /** The place of a reader in a book. */
  Progress get(UUID reader, UUID book, Supplier<Progress> loader) {
    // A book that is gone, or parsed anew, takes the places in it along.
    List<String> tags = List.of(CacheTags.book(book), CacheTags.progress(reader, book));
    CacheKey key = new CacheKey("progress", reader + ":" + book, tags);
    return cache.get(key, Progress.parser(), loader::get);
  }

  /** Readers have moved in books, and that is committed. */
  void moved(Collection<Ask.Key> places) {
    cache.changed(places.stream().map(key -> CacheTags.progress(key.owner(), key.book())).toList());
  }
}
