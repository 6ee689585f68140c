package dev.scriptorium.server.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * The two connections of a server to its peers: one tells Redis to track what changes and sends
 * what this server has changed, the other hears. When either breaks both are closed, and what was
 * heard may have holes. Used by one thread.
 */
final class CoherenceLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CoherenceLink.class);
  private static final int TIMEOUT_MILLIS = 200;
  private static final String CHANNEL = "__redis__:invalidate";

  /**
   * What one round sends.
   *
   * @param changed tags that have changed
   * @param anew true to leave behind all that is stored
   * @param clear a pattern for all servers
   * @param last true to say goodbye
   */
  record Round(Set<String> changed, boolean anew, Optional<String> clear, boolean last) {}

  private final Trust trust;
  private final Coherence.Ears ears;
  private final Jedis sender;
  private final Jedis listener;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private volatile boolean broken;
  private volatile boolean clearAsked;
  private @Nullable String epoch;
  private boolean anew;
  private long beat;

  private CoherenceLink(RedisAddress address, Trust trust, Coherence.Ears ears) {
    this.trust = trust;
    this.ears = ears;
    this.sender = connect(address, TIMEOUT_MILLIS);
    // It waits for as long as nothing changes.
    this.listener = connect(address, 0);
  }

  /**
   * Connects and begins to hear.
   *
   * @throws JedisException when Redis does not answer
   */
  static CoherenceLink open(RedisAddress address, Trust trust, Coherence.Ears ears)
      throws InterruptedException {
    CoherenceLink link = new CoherenceLink(address, trust, ears);
    try {
      link.listen();
      return link;
    } catch (JedisException | InterruptedException e) {
      link.close();
      throw e;
    }
  }

  private void listen() throws InterruptedException {
    String id = Long.toString(listener.clientId());
    Thread.ofPlatform().name("cache-invalidations").daemon().start(this::hear);
    if (!subscribed.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new JedisConnectionException("no subscription within " + TIMEOUT_MILLIS + " ms");
    }
    sender.sendCommand(
        Protocol.Command.CLIENT,
        "TRACKING",
        "ON",
        "REDIRECT",
        id,
        "BCAST",
        "PREFIX",
        Names.TRACKED);
    trust.opened();
    // What changed while nobody listened is not known.
    ears.stamps().allChanged();
    String last = sender.hget(Names.SERVERS, trust.server());
    // It has ended without a goodbye: what it had changed last may have remained unsaid.
    anew = last != null && !last.equals(Trust.GOODBYE);
    beat = random.nextLong(Long.MAX_VALUE >> 1);
  }

  /**
   * Sends what has changed, then the beat.
   *
   * @return the epoch
   * @throws JedisException when it may not have arrived
   */
  String send(Round round) {
    if (broken) {
      throw new JedisConnectionException("the subscription has ended");
    }
    anew = anew || round.anew();
    trust.beatGoesOut();
    String number = round.last() ? Trust.GOODBYE : Long.toString(++beat);
    try (Pipeline pipeline = sender.pipelined()) {
      SetParams ttl = SetParams.setParams().px(Names.VERSION_TTL.toMillis());
      List<Response<String>> versions = new ArrayList<>();
      for (String tag : round.changed()) {
        versions.add(pipeline.set(Names.TRACKED + tag, version(), ttl));
      }
      round.clear().ifPresent(pattern -> pipeline.set(Names.CLEAR, pattern, ttl));
      SetParams how = SetParams.setParams();
      pipeline.set(Names.EPOCH, "~" + version(), anew ? how : how.nx());
      pipeline.hset(Names.SERVERS, trust.server(), number);
      pipeline.set(Names.BEAT + trust.server(), number, ttl);
      Response<Map<String, String>> beats = pipeline.hgetAll(Names.SERVERS);
      Response<String> current = pipeline.get(Names.EPOCH);
      Response<String> clear = pipeline.get(Names.CLEAR);
      pipeline.sync();
      versions.forEach(Response::get);
      answered(beats.get(), current.get(), clear.get());
      return current.get();
    }
  }

  private void answered(Map<String, String> beats, String current, @Nullable String clear) {
    anew = trust.beats(new HashMap<>(beats));
    if (!current.equals(epoch)) {
      epoch = current;
      ears.stamps().allChanged();
    }
    if (clearAsked && clear != null) {
      clearAsked = false;
      ears.clear().accept(clear);
    }
  }

  private String version() {
    return Long.toHexString(random.nextLong());
  }

  private void hear() {
    try {
      listener.subscribe(new Subscription(), CHANNEL);
    } catch (JedisException e) {
      LOG.debug("the subscription has ended: {}", e.getMessage());
    } finally {
      // The sender finds out in its next round.
      broken = true;
    }
  }

  private final class Subscription extends JedisPubSub {
    @Override
    public void onSubscribe(String channel, int count) {
      subscribed.countDown();
    }

    @Override
    public void onMessage(String channel, @Nullable String key) {
      if (key == null) {
        ears.stamps().allChanged();
      } else if (key.equals(Names.BEAT + trust.server())) {
        trust.beatCameBack();
      } else if (key.equals(Names.CLEAR)) {
        clearAsked = true;
      } else if (!key.startsWith(Names.BEAT)) {
        ears.stamps().changed(List.of(key.substring(Names.TRACKED.length())));
      }
    }
  }

  @Override
  public void close() {
    sender.close();
    // Ends the wait of the thread that hears.
    listener.close();
  }

  private static Jedis connect(RedisAddress address, int socketTimeoutMillis) {
    Jedis jedis =
        new Jedis(
            address.hostAndPort(),
            address.client("scriptorium-coherence", TIMEOUT_MILLIS, socketTimeoutMillis));
    jedis.connect();
    return jedis;
  }
}
