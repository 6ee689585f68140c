package dev.scriptorium.server.cache;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;

/** Memory first, then Redis when there is one, then the loader. */
public final class TwoLevelCache implements Cache {
  private static final Duration MEMORY_TTL = Duration.ofMinutes(5);
  private static final int MAX_KEY_LENGTH = 250;
  private static final int ENTRY_OVERHEAD_BYTES = 100;

  private final com.github.benmanes.caffeine.cache.Cache<String, byte[]> memory;
  private final Optional<RedisLevel> redis;
  private final String absence;
  private final Meter memoryHits;
  private final Meter redisHits;
  private final Meter misses;

  /**
   * @param memoryBytes most bytes of values kept in memory; at least 1 MiB
   * @param redis empty to go without
   * @param absence why there is no Redis, for an operator; unused when there is one
   */
  public TwoLevelCache(
      long memoryBytes, Optional<RedisLevel> redis, String absence, MetricRegistry metrics) {
    this.memory =
        Caffeine.newBuilder()
            .maximumWeight(memoryBytes)
            .<String, byte[]>weigher((_, value) -> value.length + ENTRY_OVERHEAD_BYTES)
            .expireAfterWrite(MEMORY_TTL)
            .build();
    this.redis = redis;
    this.absence = absence;
    this.memoryHits = metrics.meter("cache.l1.hits");
    this.redisHits = metrics.meter("cache.l2.hits");
    this.misses = metrics.meter("cache.misses");
  }

  @Override
  public <X extends Exception> byte[] get(String key, Duration ttl, Loader<X> loader) throws X {
    if (key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException("key of " + key.length() + " characters, at most 250");
    }
    byte[] remembered = memory.getIfPresent(key);
    if (remembered != null) {
      memoryHits.mark();
      return remembered;
    }
    byte[] value = fromRedis(key).orElse(null);
    if (value == null) {
      misses.mark();
      byte[] loaded = loader.load();
      redis.ifPresent(level -> level.put(key, loaded, ttl));
      value = loaded;
    }
    memory.put(key, value);
    return value;
  }

  @Override
  public State state() {
    return redis.map(RedisLevel::state).orElseGet(() -> new State(true, absence));
  }

  private Optional<byte[]> fromRedis(String key) {
    Optional<byte[]> found = redis.flatMap(level -> level.get(key));
    found.ifPresent(_ -> redisHits.mark());
    return found;
  }
}
