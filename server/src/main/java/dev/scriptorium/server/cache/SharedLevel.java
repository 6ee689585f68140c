package dev.scriptorium.server.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The level that servers share, as one cache uses it: keys that carry the versions of their tags,
 * and word from the other servers. Thread-safe.
 */
final class SharedLevel {
  // All in one step: the versions of the tags, made up when there are none, and what was stored
  // under
  // them. What a loader brings is stored under the versions from before it began, where nobody
  // looks
  // any more once one of them has changed.
  private static final byte[] OPEN =
      """
      local name = ARGV[1]
      for i = 1, #KEYS do
        local version = redis.call('get', KEYS[i])
        if not version then
          version = ARGV[2]
          redis.call('set', KEYS[i], version, 'px', ARGV[3])
        end
        name = name .. ':' .. version
      end
      return {name, redis.call('get', name)}
      """
          .getBytes(UTF_8);

  /** Where a message lies, or would lie. */
  final class Slot {
    private final byte[] name;
    private final Optional<byte[]> found;

    private Slot(byte[] name, Optional<byte[]> found) {
      this.name = name;
      this.found = found;
    }

    Optional<byte[]> found() {
      return found;
    }

    void put(byte[] value) {
      redis.put(name, value);
    }
  }

  private final RedisLevel redis;
  private final Coherence coherence;
  private final RandomGenerator random = RandomGenerator.getDefault();

  SharedLevel(RedisLevel redis, Coherence coherence) {
    this.redis = redis;
    this.coherence = coherence;
  }

  /** Looks a message up; empty when Redis is not to be asked, or does not answer. */
  Optional<Slot> open(CacheKey key) {
    if (key.isImmutable()) {
      byte[] name = (Names.DATA + key.name()).getBytes(UTF_8);
      return redis.get(name).map(found -> new Slot(name, found.flatMap(CachedValue::decode)));
    }
    return coherence.epoch(key.tags()).flatMap(epoch -> open(key, epoch));
  }

  private Optional<Slot> open(CacheKey key, String epoch) {
    List<byte[]> tags = key.tags().stream().map(Names::version).toList();
    List<byte[]> arguments =
        List.of(
            (Names.DATA + key.name() + ":" + epoch).getBytes(UTF_8),
            Long.toHexString(random.nextLong()).getBytes(UTF_8),
            Long.toString(Names.VERSION_TTL.toMillis()).getBytes(UTF_8));
    return redis.eval(OPEN, tags, arguments).map(this::slot);
  }

  private Slot slot(List<?> answer) {
    byte[] name = (byte[]) answer.getFirst();
    Optional<byte[]> found =
        answer.size() > 1 && answer.get(1) instanceof byte[] stored
            ? CachedValue.decode(stored)
            : Optional.empty();
    return new Slot(name, found);
  }

  /**
   * True while everything that other servers have changed is known here, but for the last moment.
   */
  boolean trusted(boolean alone) {
    return coherence.trusted(alone);
  }

  void announce(Collection<String> tags) {
    coherence.announce(tags);
  }

  int clear(String pattern) {
    int cleared = redis.clear(new Glob(pattern));
    coherence.tellClear(pattern);
    return cleared;
  }

  Cache.State state() {
    return redis.state();
  }
}
