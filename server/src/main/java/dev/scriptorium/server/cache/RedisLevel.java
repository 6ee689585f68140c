package dev.scriptorium.server.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

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
  private static final String PREFIX = "scriptorium:";

  private final RedisAddress address;
  private final RedisClient client;
  private final CircuitBreaker breaker;

  /** Connects with the first use, and again whenever it has to. */
  public RedisLevel(RedisAddress address, InstantSource clock) {
    this.address = address;
    this.breaker = new CircuitBreaker(FAILURES, FIRST_PAUSE, LONGEST_PAUSE, clock);
    this.client =
        RedisClient.builder()
            .hostAndPort(new HostAndPort(address.host(), address.port()))
            .clientConfig(clientConfig(address))
            .poolConfig(poolConfig())
            .build();
  }

  /** The value; empty when Redis does not have it or does not answer. */
  Optional<byte[]> get(String key) {
    if (!breaker.allows()) {
      return Optional.empty();
    }
    try {
      byte[] stored = client.get(bytes(key));
      breaker.succeeded();
      return Optional.ofNullable(stored).flatMap(CachedValue::decode);
    } catch (JedisException e) {
      failed(e);
      return Optional.empty();
    }
  }

  /** Stores a value, if Redis answers. */
  void put(String key, byte[] value, Duration ttl) {
    if (!breaker.allows()) {
      return;
    }
    try {
      client.set(bytes(key), CachedValue.encode(value), SetParams.setParams().px(ttl.toMillis()));
      breaker.succeeded();
    } catch (JedisException e) {
      failed(e);
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
    client.close();
  }

  private void failed(JedisException e) {
    boolean wasOpen = breaker.open();
    breaker.failed();
    if (!wasOpen && breaker.open()) {
      LOG.warn("Redis at {} is passed by: {}", address, e.getMessage());
    }
  }

  private static byte[] bytes(String key) {
    return (PREFIX + key).getBytes(UTF_8);
  }

  private static DefaultJedisClientConfig clientConfig(RedisAddress address) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .connectionTimeoutMillis((int) TIMEOUT.toMillis())
            .socketTimeoutMillis((int) TIMEOUT.toMillis())
            .clientName("scriptorium");
    if (!address.password().isEmpty()) {
      config.password(address.password());
    }
    return config.build();
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
