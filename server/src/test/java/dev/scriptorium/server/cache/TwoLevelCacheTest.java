package dev.scriptorium.server.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.TestFolder;
import dev.scriptorium.server.embedded.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TwoLevelCacheTest {
  private static final Duration TTL = Duration.ofMinutes(30);
  private static TestFolder folder;
  private static EmbeddedRedis redis;

  private final FakeClock clock = new FakeClock(Instant.parse("2030-01-01T00:00:00Z"));
  private final AtomicInteger loads = new AtomicInteger();

  @BeforeAll
  static void startRedis() throws Exception {
    folder = TestFolder.create();
    redis = EmbeddedRedis.start(folder.path());
  }

  @AfterAll
  static void stopRedis() throws IOException {
    redis.close();
    folder.close();
  }

  @Test
  void aValueIsLoadedOnce() {
    try (RedisLevel level = level(redis.port())) {
      Cache cache = cache(level);

      assertThat(cache.get("once", TTL, this::load)).isEqualTo(cache.get("once", TTL, this::load));
      assertThat(loads).hasValue(1);
    }
  }

  @Test
  void anotherServerFindsTheValueInRedis() {
    try (RedisLevel one = level(redis.port());
        RedisLevel two = level(redis.port())) {
      byte[] value = cache(one).get("shared", TTL, this::load);

      assertThat(cache(two).get("shared", TTL, this::load)).isEqualTo(value);
      assertThat(loads).hasValue(1);
    }
  }

  @Test
  void aLongValueComesBackFromRedisAsItWas() {
    byte[] value = "chapter ".repeat(5000).getBytes(UTF_8);
    try (RedisLevel one = level(redis.port());
        RedisLevel two = level(redis.port())) {
      cache(one).get("long", TTL, () -> value);

      assertThat(cache(two).get("long", TTL, this::load)).isEqualTo(value);
      assertThat(loads).hasValue(0);
    }
  }

  @Test
  void readsGoOnWhenRedisIsGone() {
    try (RedisLevel level = level(1)) {
      Cache cache = cache(level);
      for (int i = 0; i < 20; i++) {
        cache.get("gone " + i, TTL, this::load);
      }

      assertThat(loads).hasValue(20);
      assertThat(cache.state().degraded()).isTrue();
    }
  }

  @Test
  void aFailureOfTheLoaderIsNotCached() {
    try (RedisLevel level = level(redis.port())) {
      Cache cache = cache(level);
      assertThatThrownBy(
              () ->
                  cache.get(
                      "failure",
                      TTL,
                      () -> {
                        throw new IOException("no such chapter");
                      }))
          .isInstanceOf(IOException.class);

      assertThat(cache.get("failure", TTL, this::load)).isNotEmpty();
    }
  }

  @Test
  void anAnsweringRedisIsNotDegraded() {
    try (RedisLevel level = level(redis.port())) {
      assertThat(cache(level).state().degraded()).isFalse();
    }
  }

  @Test
  void withoutRedisTheCacheSaysWhy() {
    Cache cache =
        new TwoLevelCache(1 << 20, Optional.empty(), "switched off", new MetricRegistry());

    assertThat(cache.state()).isEqualTo(new Cache.State(true, "switched off"));
  }

  private RedisLevel level(int port) {
    return new RedisLevel(new RedisAddress("127.0.0.1", port, redis.password()), clock);
  }

  private static Cache cache(RedisLevel level) {
    return new TwoLevelCache(1 << 20, Optional.of(level), "", new MetricRegistry());
  }

  private byte[] load() {
    return ("value " + loads.incrementAndGet()).getBytes(UTF_8);
  }
}
