package dev.scriptorium.server.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Tells other servers what has changed, hears from them, and knows until when it can be sure that
 * it has heard everything. One thread sends in rounds: what has changed since the last round, then
 * the server's own beat. Whoever sees the beat go on knows that everything before it was sent;
 * whoever sees it stand still believes its memory no longer. Thread-safe.
 */
final class Coherence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Coherence.class);
  private static final Duration ROUND = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final Duration END_TIMEOUT = Duration.ofSeconds(2);
  private static final int MAX_WAITING = 100_000;

  /**
   * Who hears.
   *
   * @param stamps told of what has changed elsewhere
   * @param clear told to forget what matches a pattern
   */
  record Ears(Stamps stamps, Consumer<String> clear) {}

  private final RedisAddress address;
  private final Ears ears;
  private final Trust trust;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore wake = new Semaphore(0);
  // Guarded by the lock, as all below.
  private Set<String> waiting = new HashSet<>();
  private Set<String> sending = Set.of();
  private boolean overflown;
  private boolean startingAnew;
  private boolean closed;
  private @Nullable String clearPattern;
  private volatile @Nullable String epoch;

  Coherence(RedisAddress address, String server, LongSupplier nanos, Ears ears) {
    this.address = address;
    this.ears = ears;
    this.trust = new Trust(server, nanos);
    this.thread = Thread.ofPlatform().name("cache-coherence").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** To be told to the others; until it is, what Redis has of it is not read here. */
  void announce(Collection<String> tags) {
    lock.lock();
    try {
      if (waiting.size() + tags.size() > MAX_WAITING) {
        // Redis is away for long: when it comes back, it begins empty.
        overflown = true;
        waiting.clear();
      }
      waiting.addAll(tags);
      wake.release();
    } finally {
      lock.unlock();
    }
  }

  /** Lets all servers forget a part of their memory. */
  void tellClear(String pattern) {
    lock.lock();
    try {
      clearPattern = pattern;
      wake.release();
    } finally {
      lock.unlock();
    }
  }

  /** The epoch to read and write under; empty while Redis may hold what is old under these tags. */
  Optional<String> epoch(List<String> tags) {
    String current = epoch;
    if (current == null || !trust.holds()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      boolean changing =
          overflown
              || startingAnew
              || tags.stream().anyMatch(t -> waiting.contains(t) || sending.contains(t));
      return changing ? Optional.empty() : Optional.of(current);
    } finally {
      lock.unlock();
    }
  }

  /** True while nothing can have changed elsewhere for long without being known here. */
  boolean trusted(boolean alone) {
    return trust.holds() || (alone && trust.seesNobody());
  }

  /** Says goodbye, so that the others do not wait for this server's beat. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wake.release();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(END_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!isClosed()) {
      try (CoherenceLink link = CoherenceLink.open(address, trust, ears)) {
        rounds(link);
        return;
      } catch (JedisException e) {
        pause = epoch == null ? pause : FIRST_PAUSE;
        epoch = null;
        trust.lost();
        LOG.debug("the servers' channel in Redis is broken: {}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      rest(pause);
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
  }

  private void rounds(CoherenceLink link) {
    while (true) {
      CoherenceLink.Round round = next();
      epoch = link.send(round);
      sent();
      if (round.last()) {
        return;
      }
      rest(ROUND);
    }
  }

  private CoherenceLink.Round next() {
    lock.lock();
    try {
      Set<String> batch = new HashSet<>(waiting);
      // What a broken connection has not sent is sent again.
      batch.addAll(sending);
      sending = batch;
      waiting = new HashSet<>();
      startingAnew = startingAnew || overflown;
      overflown = false;
      return new CoherenceLink.Round(
          batch, startingAnew, Optional.ofNullable(clearPattern), closed);
    } finally {
      lock.unlock();
    }
  }

  private void sent() {
    lock.lock();
    try {
      sending = Set.of();
      clearPattern = null;
      startingAnew = false;
    } finally {
      lock.unlock();
    }
  }

  private void rest(Duration longest) {
    try {
      // While Redis is away, what waits is no reason to hurry.
      if (epoch == null) {
        wake.drainPermits();
      }
      boolean _ = wake.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
      wake.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
