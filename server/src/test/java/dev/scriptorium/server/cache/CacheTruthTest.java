package dev.scriptorium.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.google.protobuf.Int64Value;
import dev.scriptorium.server.TestFolder;
import dev.scriptorium.server.embedded.EmbeddedRedis;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Two servers with one Redis and one database read and write a few values at once, while
 * connections are cut, so that invalidations are lost, Redis is stopped, emptied, killed and
 * started again. Nobody may read what is older than an acknowledgement of the same server, nor
 * older than one of the other server a second ago. A seed gives the same faults: {@code
 * -Dcache.seed=N}, and {@code -Dcache.seconds=N} for longer.
 */
class CacheTruthTest {
  private static final int KEYS = 6;
  private static final Duration OTHERS_WITHIN = Duration.ofSeconds(1);

  /** A value of the database, and what was acknowledged of it. */
  private static final class Value {
    final AtomicLong committed = new AtomicLong();
    final List<AtomicLong> acknowledged = List.of(new AtomicLong(), new AtomicLong());
    final Queue<Write> writes = new ConcurrentLinkedQueue<>();
  }

  private record Write(long version, long acknowledgedNanos) {}

  private final long seed = Long.getLong("cache.seed", System.nanoTime());
  private final long seconds = Long.getLong("cache.seconds", 4);
  private final List<Value> values = new ArrayList<>();
  private final Queue<String> lies = new ConcurrentLinkedQueue<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger loads = new AtomicInteger();
  private volatile long endNanos;

  @Test
  void nobodyReadsWhatIsOlderThanItMayBe() throws Exception {
    for (int i = 0; i < KEYS; i++) {
      values.add(new Value());
    }
    try (TestFolder folder = TestFolder.create();
        EmbeddedRedis redis = EmbeddedRedis.start(folder.path());
        RedisLevel one = level(redis);
        RedisLevel two = level(redis)) {
      List<Cache> servers = List.of(cache(one, "one"), cache(two, "two"));
      awaitSharing(servers);

      run(servers, redis);

      assertThat(lies).as("seed " + seed).isEmpty();
      // The test would see nothing in caches that never keep anything.
      assertThat(loads.get()).isLessThan(reads.get() / 2);
    }
  }

  private void run(List<Cache> servers, EmbeddedRedis redis) throws Exception {
    endNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      Random random = new Random(seed);
      for (int server = 0; server < 2; server++) {
        int number = server;
        for (int i = 0; i < 3; i++) {
          long own = random.nextLong();
          work.add(threads.submit(() -> read(servers.get(number), number, new Random(own))));
        }
        long own = random.nextLong();
        work.add(threads.submit(() -> write(servers.get(number), number, new Random(own))));
      }
      harm(redis, random);
      for (Future<?> each : work) {
        each.get();
      }
    }
  }

  private void read(Cache cache, int server, Random random) {
    while (System.nanoTime() < endNanos) {
      int key = random.nextInt(KEYS);
      Value value = values.get(key);
      long least = value.acknowledged.get(server).get();
      long before = System.nanoTime() - OTHERS_WITHIN.toNanos();
      for (Write write : value.writes) {
        if (write.acknowledgedNanos() - before < 0) {
          least = Math.max(least, write.version());
        }
      }
      long seen = cache.get(key(key), Int64Value.parser(), () -> load(value, random)).getValue();
      reads.incrementAndGet();
      if (seen < least) {
        lies.add("server %d read %d of key %d, at least %d".formatted(server, seen, key, least));
      }
      LockSupport.parkNanos(random.nextInt(200_000));
    }
  }

  private Int64Value load(Value value, Random random) {
    loads.incrementAndGet();
    long version = value.committed.get();
    // What is read may be old by the time that it is put into the cache.
    LockSupport.parkNanos(random.nextInt(3) == 0 ? random.nextInt(5_000_000) : 0);
    return Int64Value.of(version);
  }

  private void write(Cache cache, int server, Random random) {
    while (System.nanoTime() < endNanos) {
      int key = random.nextInt(KEYS);
      Value value = values.get(key);
      long version = value.committed.incrementAndGet();
      cache.changed(List.of("key:" + key));
      value.acknowledged.get(server).accumulateAndGet(version, Math::max);
      value.writes.add(new Write(version, System.nanoTime()));
      // Now and then nothing for so long that an old value would be seen.
      LockSupport.parkNanos(
          random.nextInt(4) == 0 ? 600_000_000 : 2_000_000 + random.nextInt(20_000_000));
    }
  }

  private void harm(EmbeddedRedis redis, Random random) throws IOException {
    while (System.nanoTime() < endNanos) {
      LockSupport.parkNanos(100_000_000 + random.nextInt(400_000_000));
      switch (random.nextInt(5)) {
        case 0 -> command(redis, "CLIENT", "KILL", "TYPE", "pubsub");
        case 1 -> command(redis, "CLIENT", "KILL", "TYPE", "normal");
        case 2 -> command(redis, "FLUSHALL");
        case 3 -> signal(redis, "KILL");
        default -> {
          signal(redis, "STOP");
          LockSupport.parkNanos(100_000_000 + random.nextInt(500_000_000));
          signal(redis, "CONT");
        }
      }
    }
  }

  private static void command(EmbeddedRedis redis, String... words) {
    var config = DefaultJedisClientConfig.builder().resp2().password(redis.password()).build();
    try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", redis.port()), config)) {
      Protocol.Command command = Protocol.Command.valueOf(words[0]);
      jedis.sendCommand(command, List.of(words).subList(1, words.length).toArray(String[]::new));
    } catch (JedisException e) {
      // Redis is away just now, or has cut this connection too: harm enough.
      assertThat(e).isNotNull();
    }
  }

  private static void signal(EmbeddedRedis redis, String name) throws IOException {
    if (redis.pid().isPresent()) {
      new ProcessBuilder("kill", "-" + name, Long.toString(redis.pid().getAsLong()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join();
    }
  }

  /** Waits until one server finds in Redis what the other has put there. */
  private void awaitSharing(List<Cache> servers) {
    CacheKey key = new CacheKey("test", "sharing", List.of("sharing"));
    for (int i = 0; i < 100; i++) {
      servers.forEach(server -> server.get(key, Int64Value.parser(), () -> Int64Value.of(1)));
      if (servers.stream().anyMatch(CacheTruthTest::hasShared)) {
        return;
      }
      servers.getFirst().changed(key.tags());
      LockSupport.parkNanos(50_000_000);
    }
    throw new AssertionError("the servers never share anything");
  }

  private static boolean hasShared(Cache server) {
    return server.rates().values().stream().anyMatch(rates -> rates.redis() > 0);
  }

  private static CacheKey key(int number) {
    return new CacheKey("value", Integer.toString(number), List.of("key:" + number));
  }

  private static RedisLevel level(EmbeddedRedis redis) {
    return new RedisLevel(
        new RedisAddress("127.0.0.1", redis.port(), redis.password()), Clock.systemUTC());
  }

  private static Cache cache(RedisLevel level, String name) {
    return new TwoLevelCache(
        new TwoLevelCache.Settings(
            1 << 20, TwoLevelCache.Sight.THROUGH_REDIS, name, "", System::nanoTime),
        Optional.of(level),
        new MetricRegistry());
  }
}
