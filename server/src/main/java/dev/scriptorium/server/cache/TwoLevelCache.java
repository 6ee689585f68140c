package dev.scriptorium.server.cache;

import com.codahale.metrics.MetricRegistry;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Memory first, then Redis when there is one, then the loader. */
public final class TwoLevelCache implements Cache {
  private static final Duration MEMORY_TTL = Duration.ofMinutes(5);
  // Without word of what others change, memory is believed only so long.
  private static final Duration UNTRUSTED_TTL = Duration.ofMillis(500);
  private static final int ENTRY_OVERHEAD_BYTES = 300;

  /**
   * @param stamp of the key's tags, taken before the value was read
   * @param readNanos when it was read
   * @param shared true when it came from Redis
   */
  private record Entry(
      MessageLite value, long stamp, long readNanos, boolean shared, int weightBytes) {}

  private final com.github.benmanes.caffeine.cache.Cache<String, Entry> memory;
  private final Map<String, Flight> flights = new ConcurrentHashMap<>();
  private final Map<String, KindRates> rates = new ConcurrentHashMap<>();
  private final Stamps stamps = new Stamps();
  private final Optional<SharedLevel> redis;
  private final Sight sight;
  private final String absence;
  private final MetricRegistry metrics;
  private final LongSupplier nanos;

  /**
   * What a cache is made of.
   *
   * @param memoryBytes most bytes of values kept in memory; at least 1 MiB
   * @param sight which other servers the cache can hear of
   * @param server its name, which no other server has
   * @param absence why there is no Redis, for an operator; unused when there is one
   * @param nanos a clock that never goes back, as {@link System#nanoTime}
   */
  public record Settings(
      long memoryBytes, Sight sight, String server, String absence, LongSupplier nanos) {}

  /** Which other servers can change what is cached here. */
  public enum Sight {
    /** None: no other server uses the same database. */
    ALONE,
    /** Those that use the same Redis. */
    THROUGH_REDIS,
    /** Some that are not heard of: memory is believed for half a second, Redis not at all. */
    BLIND
  }

  /**
   * @param redis empty to go without; stays the caller's to close
   */
  public TwoLevelCache(Settings settings, Optional<RedisLevel> redis, MetricRegistry metrics) {
    this.memory =
        Caffeine.newBuilder()
            .maximumWeight(settings.memoryBytes())
            .<String, Entry>weigher((_, entry) -> entry.weightBytes())
            .expireAfterWrite(MEMORY_TTL)
            .build();
    this.sight = settings.sight();
    this.absence = settings.absence();
    this.metrics = metrics;
    this.nanos = settings.nanos();
    this.redis =
        redis.map(
            level ->
                level.join(
                    settings.server(), nanos, new Coherence.Ears(stamps, this::clearMemory)));
  }

  @Override
  public <T extends MessageLite, X extends Exception> T get(
      CacheKey key, Parser<T> parser, Loader<T, X> loader) throws X {
    long stamp = stamps.of(key.tags());
    Entry known = memory.getIfPresent(key.name());
    if (known != null && good(known, key, stamp)) {
      rates(key).memory();
      return cast(known.value());
    }
    Flight mine = new Flight(stamp);
    // Whoever began before a change may still bring what was before it.
    Flight flight =
        flights.compute(
            key.name(), (_, other) -> other != null && other.stamp() == stamp ? other : mine);
    if (flight != mine) {
      Optional<MessageLite> brought = flight.await();
      if (brought.isPresent()) {
        rates(key).memory();
        return cast(brought.get());
      }
    }
    return fetch(key, parser, loader, mine);
  }

  private <T extends MessageLite, X extends Exception> T fetch(
      CacheKey key, Parser<T> parser, Loader<T, X> loader, Flight mine) throws X {
    try {
      T value = fromRedisOrLoader(key, parser, loader, mine.stamp());
      mine.arrive(value);
      return value;
    } finally {
      mine.end();
      flights.remove(key.name(), mine);
    }
  }

  private <T extends MessageLite, X extends Exception> T fromRedisOrLoader(
      CacheKey key, Parser<T> parser, Loader<T, X> loader, long stamp) throws X {
    long readNanos = nanos.getAsLong();
    Optional<SharedLevel.Slot> slot = slot(key);
    Optional<T> shared = slot.flatMap(s -> parse(parser, s));
    if (shared.isPresent()) {
      rates(key).redis();
      remember(key, shared.get(), stamp, readNanos, true);
      return shared.get();
    }
    T loaded = loader.load();
    rates(key).loaded();
    slot.ifPresent(s -> s.put(loaded.toByteArray()));
    remember(key, loaded, stamp, readNanos, false);
    return loaded;
  }

  private Optional<SharedLevel.Slot> slot(CacheKey key) {
    return sight == Sight.BLIND && !key.isImmutable()
        ? Optional.empty()
        : redis.flatMap(level -> level.open(key));
  }

  private static <T extends MessageLite> Optional<T> parse(
      Parser<T> parser, SharedLevel.Slot slot) {
    try {
      return slot.found().isEmpty()
          ? Optional.empty()
          : Optional.of(parser.parseFrom(slot.found().get()));
    } catch (InvalidProtocolBufferException e) {
      // Another version's, or damaged: it is loaded and written anew.
      return Optional.empty();
    }
  }

  private void remember(
      CacheKey key, MessageLite value, long stamp, long readNanos, boolean shared) {
    int weight = value.getSerializedSize() + ENTRY_OVERHEAD_BYTES;
    memory.put(key.name(), new Entry(value, stamp, readNanos, shared, weight));
  }

  private boolean good(Entry entry, CacheKey key, long stamp) {
    return key.isImmutable() || (entry.stamp() == stamp && (trusted() || isFresh(entry)));
  }

  private boolean trusted() {
    boolean alone = sight == Sight.ALONE;
    return sight != Sight.BLIND && redis.map(level -> level.trusted(alone)).orElse(alone);
  }

  private boolean isFresh(Entry entry) {
    return !entry.shared() && nanos.getAsLong() - entry.readNanos() < UNTRUSTED_TTL.toNanos();
  }

  @Override
  public void changed(Collection<String> tags) {
    // Kept from Redis first: between the two steps nobody may read what is old there.
    redis.ifPresent(level -> level.announce(tags));
    stamps.changed(tags);
  }

  @Override
  public int clear(String pattern) {
    int cleared = clearMemory(pattern);
    return cleared + redis.map(level -> level.clear(pattern)).orElse(0);
  }

  private int clearMemory(String pattern) {
    Glob glob = new Glob(pattern);
    int cleared = 0;
    for (String name : memory.asMap().keySet()) {
      if (glob.matches(name) && memory.asMap().remove(name) != null) {
        cleared++;
      }
    }
    return cleared;
  }

  @Override
  public State state() {
    return redis.map(SharedLevel::state).orElseGet(() -> new State(true, absence));
  }

  @Override
  public Map<String, Rates> rates() {
    Map<String, Rates> counts = new TreeMap<>();
    rates.forEach((kind, kindRates) -> counts.put(kind, kindRates.counts()));
    return counts;
  }

  private KindRates rates(CacheKey key) {
    return rates.computeIfAbsent(key.kind(), kind -> new KindRates(metrics, kind));
  }

  // One key has one kind of message.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends MessageLite> T cast(MessageLite value) {
    return (T) value;
  }
}
