package dev.scriptorium.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.google.protobuf.StringValue;
import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.TestFolder;
import dev.scriptorium.server.embedded.EmbeddedRedis;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TwoLevelCacheTest {
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

      assertThat(get(cache, "once")).isEqualTo(get(cache, "once"));
      assertThat(loads).hasValue(1);
      assertThat(cache.rates()).containsEntry("test", new Cache.Rates(1, 0, 1));
    }
  }

  @Test
  void anotherServerFindsTheValueInRedis() {
    try (RedisLevel one = level(redis.port());
        RedisLevel two = level(redis.port())) {
      String value = get(cache(one), "shared");

      assertThat(get(cache(two), "shared")).isEqualTo(value);
      assertThat(loads).hasValue(1);
    }
  }

  @Test
  void aLongValueComesBackFromRedisAsItWas() {
    StringValue value = StringValue.of("chapter ".repeat(5000));
    CacheKey key = CacheKey.immutable("test", "long");
    try (RedisLevel one = level(redis.port());
        RedisLevel two = level(redis.port())) {
      cache(one).get(key, StringValue.parser(), () -> value);

      assertThat(cache(two).get(key, StringValue.parser(), this::load)).isEqualTo(value);
      assertThat(loads).hasValue(0);
    }
  }

  @Test
  void whatHasChangedIsLoadedAnew() {
    try (RedisLevel level = level(redis.port())) {
      Cache cache = cache(level);
      CacheKey key = new CacheKey("test", "changing", List.of("tag"));
      String first = cache.get(key, StringValue.parser(), this::load).getValue();

      cache.changed(List.of("tag"));

      assertThat(cache.get(key, StringValue.parser(), this::load).getValue()).isNotEqualTo(first);
    }
  }

  @Test
  void callsThatComeTogetherLoadOnce() throws Exception {
    Cache cache = new TwoLevelCache(settings("memory"), Optional.empty(), new MetricRegistry());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(
              () ->
                  cache.get(
                      CacheKey.immutable("test", "together"),
                      StringValue.parser(),
                      () -> {
                        begun.countDown();
                        goOn.await();
                        return load();
                      }));
      begun.await();
      var second = threads.submit(() -> get(cache, "together"));
      goOn.countDown();

      assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(first.get().getValue());
      assertThat(loads).hasValue(1);
    }
  }

  @Test
  void whatMatchesAPatternIsCleared() {
    try (RedisLevel level = level(redis.port())) {
      Cache cache = cache(level);
      get(cache, "cleared");
      String kept = get(cache, "kept");

      assertThat(cache.clear("test:cl*")).isEqualTo(2);

      assertThat(get(cache, "cleared")).isEqualTo("value 3");
      assertThat(get(cache, "kept")).isEqualTo(kept);
    }
  }

  @Test
  void readsGoOnWhenRedisIsGone() {
    try (RedisLevel level = level(1)) {
      Cache cache = cache(level);
      for (int i = 0; i < 20; i++) {
        get(cache, "gone " + i);
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
                      CacheKey.immutable("test", "failure"),
                      StringValue.parser(),
                      () -> {
                        throw new IOException("no such chapter");
                      }))
          .isInstanceOf(IOException.class);

      assertThat(get(cache, "failure")).isNotEmpty();
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
    Cache cache = new TwoLevelCache(settings("a"), Optional.empty(), new MetricRegistry());

    assertThat(cache.state()).isEqualTo(new Cache.State(true, "switched off"));
  }

  private RedisLevel level(int port) {
    return new RedisLevel(new RedisAddress("127.0.0.1", port, redis.password()), clock);
  }

  private static Cache cache(RedisLevel level) {
    String name = "server-" + UUID.randomUUID();
    return new TwoLevelCache(settings(name), Optional.of(level), new MetricRegistry());
  }

  private static TwoLevelCache.Settings settings(String name) {
    return new TwoLevelCache.Settings(
        1 << 20, TwoLevelCache.Sight.ALONE, name, "switched off", System::nanoTime);
  }

  private String get(Cache cache, String id) {
    return cache.get(CacheKey.immutable("test", id), StringValue.parser(), this::load).getValue();
  }

  private StringValue load() {
    return StringValue.of("value " + loads.incrementAndGet());
  }
}
