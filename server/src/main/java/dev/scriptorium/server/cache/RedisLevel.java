package dev.scriptorium.server.cache;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The level that servers share. No call takes longer than about 50 ms, and after five failures in a
 * row Redis is left alone for a while. Thread-safe.
 */
public final class RedisLevel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLevel.class);
  private static final Duration TIMEOUT = Duration.ofMillis(50);
  private static final int FAILURES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int CONNECTIONS = 16;
  private static final Duration TTL = Duration.ofMinutes(60);
  private static final Pattern VERSIONS = Pattern.compile("(:~[0-9a-f]+)(:[0-9a-f]+)+$");

  private final RedisAddress address;
  private final RedisClient client;
  private final CircuitBreaker breaker;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final List<Coherence> coherences = new CopyOnWriteArrayList<>();

  /** Connects with the first use, and again whenever it has to. */
  public RedisLevel(RedisAddress address, InstantSource clock) {
    this.address = address;
    this.breaker = new CircuitBreaker(FAILURES, FIRST_PAUSE, LONGEST_PAUSE, clock);
    this.client =
        RedisClient.builder()
            .hostAndPort(address.hostAndPort())
            .clientConfig(
                address.client("scriptorium", (int) TIMEOUT.toMillis(), (int) TIMEOUT.toMillis()))
            .poolConfig(poolConfig())
            .build();
  }

  /** What one cache of a server needs of Redis; begins to listen to the other servers. */
  SharedLevel join(String server, LongSupplier nanos, Coherence.Ears ears) {
    Coherence started = new Coherence(address, server, nanos, ears);
    coherences.add(started);
    started.start();
    return new SharedLevel(this, started);
  }

  /** The stored bytes, if any; empty when Redis does not answer. */
  Optional<Optional<byte[]>> get(byte[] name) {
    return ask(() -> Optional.ofNullable(client.get(name)));
  }

  /** What a script gives; empty when Redis does not answer. */
  Optional<List<?>> eval(byte[] script, List<byte[]> keys, List<byte[]> arguments) {
    return ask(() -> (List<?>) client.eval(script, keys, arguments));
  }

  /** Stores a value, if Redis answers. */
  void put(byte[] name, byte[] value) {
    long millis = TTL.toMillis();
    // What was stored together must not end together.
    long ttl = millis - random.nextLong(millis / 2);
    ask(() -> client.set(name, CachedValue.encode(value), SetParams.setParams().px(ttl)));
  }

  /** Deletes the messages whose names match; how many. */
  int clear(Glob glob) {
    return ask(() -> deleted(glob)).orElse(0);
  }

  private int deleted(Glob glob) {
    ScanParams params = new ScanParams().match(Names.DATA + glob.redis() + "*").count(1000);
    String cursor = ScanParams.SCAN_POINTER_START;
    int deleted = 0;
    do {
      ScanResult<String> found = client.scan(cursor, params);
      String[] names =
          found.getResult().stream().filter(name -> matches(glob, name)).toArray(String[]::new);
      if (names.length > 0) {
        deleted += (int) client.unlink(names);
      }
      cursor = found.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return deleted;
  }

  // Behind the name of a message that can change stand an epoch and versions, all hexadecimal.
  private static boolean matches(Glob glob, String stored) {
    String name = stored.substring(Names.DATA.length());
    return glob.matches(name) || glob.matches(VERSIONS.matcher(name).replaceFirst(""));
  }

  private <T> Optional<T> ask(Supplier<T> question) {
    if (!breaker.allows()) {
      return Optional.empty();
    }
    try {
      T answer = question.get();
      breaker.succeeded();
      return Optional.of(answer);
    } catch (JedisException e) {
      failed(e);
      return Optional.empty();
    }
  }

  /** How Redis is; asks it when nothing speaks against that. */
  Cache.State state() {
    if (breaker.allows()) {
      try {
        client.ping();
        breaker.succeeded();
        return new Cache.State(false, "Redis at " + address);
      } catch (JedisException e) {
        failed(e);
      }
    }
    return new Cache.State(true, "Redis at " + address + " does not answer; reads go without it");
  }

  @Override
  public void close() {
    coherences.forEach(Coherence::close);
    client.close();
  }

  private void failed(JedisException e) {
    boolean wasOpen = breaker.open();
    breaker.failed();
    if (!wasOpen && breaker.open()) {
      LOG.warn("Redis at {} is passed by: {}", address, e.getMessage());
    }
  }

  private static ConnectionPoolConfig poolConfig() {
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    config.setMaxTotal(CONNECTIONS);
    config.setMaxIdle(CONNECTIONS);
    config.setMaxWait(TIMEOUT);
    config.setJmxEnabled(false);
    return config;
  }
}
