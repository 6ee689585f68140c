package dev.scriptorium.server.catalog;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.cache.CacheKey;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps everything until it is told of a change, and counts how often it had to load. */
public final class CountingCache implements Cache {
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
  private final Map<String, Integer> versions = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();

  /** How often a loader was asked and has answered: what it brought is kept by then. */
  public int loads() {
    return loads.get();
  }

  @Override
  public <T extends MessageLite, X extends Exception> T get(
      CacheKey key, Parser<T> parser, Loader<T, X> loader) throws X {
    String name = key.toString() + key.tags().stream().map(versions::get).toList();
    byte[] known = kept.get(name);
    if (known == null) {
      try {
        known = loader.load().toByteArray();
        kept.put(name, known);
      } finally {
        loads.incrementAndGet();
      }
    }
    try {
      return parser.parseFrom(known);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void changed(Collection<String> tags) {
    tags.forEach(tag -> versions.merge(tag, 1, Integer::sum));
  }

  @Override
  public int clear(String pattern) {
    int cleared = kept.size();
    kept.clear();
    return cleared;
  }

  @Override
  public State state() {
    return new State(false, "in memory");
  }

  @Override
  public Map<String, Rates> rates() {
    return Map.of();
  }
}
