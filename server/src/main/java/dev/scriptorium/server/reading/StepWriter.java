package dev.scriptorium.server.reading;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.database.Database.Numbers;
import dev.scriptorium.server.database.Outage;
import dev.scriptorium.server.reading.StepGroup.Fate;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.UpdateProgressResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits steps in groups: while one commit is under way the next group gathers, so that a step
 * costs a share of a transaction and waits for two commits at most. One thread does it: what a
 * transaction costs by itself is shared by as many steps as can be, and steps of one reader keep
 * their order. Thread-safe.
 */
final class StepWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepWriter.class);

  private static final int CAPACITY = 4096;
  private static final int GROUP = 256;
  private static final int TRIES = 5;
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final Database database;
  private final CachedProgress cached;
  private final InstantSource clock;
  private final StepStore steps = new StepStore();
  private final ProgressStore progress = new ProgressStore();
  // Confined to the thread.
  private final KnownPlaces places = new KnownPlaces();
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(CAPACITY);
  // Not a virtual one: that would wait its turn behind the threads of all calls.
  private final Thread thread = Thread.ofPlatform().name("steps").daemon().unstarted(this::loop);
  private volatile boolean closed;

  private record Waiting(Ask ask, CompletableFuture<UpdateProgressResponse> answer) {}

  private record Settled(Fate fate, UpdateProgressResponse response) {}

  /** Starts to write. */
  StepWriter(Database database, CachedProgress cached, InstantSource clock) {
    this.database = database;
    this.cached = cached;
    this.clock = clock;
    thread.start();
  }

  /**
   * Hands a step over.
   *
   * @return completed when it is durable; exceptionally with what the caller is to be told
   * @throws ApiException OVERLOADED when too many wait, SHUTTING_DOWN
   */
  CompletableFuture<UpdateProgressResponse> submit(Ask ask) {
    Waiting waiting = new Waiting(ask, new CompletableFuture<>());
    if (closed) {
      throw shuttingDown();
    }
    if (!queue.offer(waiting)) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_OVERLOADED,
          "too many steps wait; retry in " + RETRY_AFTER.toMillis() + " ms",
          Map.of(),
          RETRY_AFTER);
    }
    return waiting.answer();
  }

  /** Writes what waits, and takes no more. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // What came while the last group was made.
    for (Waiting rest = queue.poll(); rest != null; rest = queue.poll()) {
      rest.answer().completeExceptionally(shuttingDown());
    }
  }

  private void loop() {
    try {
      while (!closed || !queue.isEmpty()) {
        Waiting first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Waiting> group = new ArrayList<>();
          group.add(first);
          queue.drainTo(group, GROUP - 1);
          write(group, 0);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Waiting> group, int tries) {
    List<Ask> asks = group.stream().map(Waiting::ask).toList();
    List<Ask.Key> keys = asks.stream().map(Ask::key).distinct().toList();
    List<Settled> settled;
    try {
      settled = commit(asks, tries > 0);
    } catch (RuntimeException e) {
      places.forget(keys);
      // The commit may have been done all the same.
      cached.moved(keys);
      failed(group, e, tries);
      return;
    }
    places.learn(asks, settled.stream().map(Settled::fate).toList());
    cached.moved(keys);
    for (int i = 0; i < group.size(); i++) {
      answer(group.get(i), settled.get(i));
    }
  }

  // Servers hardly ever meet at one reader's book: only who has met another there locks it.
  private List<Settled> commit(List<Ask> asks, boolean locked) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var owners = asks.stream().map(Ask::owner).collect(Collectors.toSet());
    return database.inTransaction(
        owners,
        new Numbers(StepStore.SEQUENCE, asks.size()),
        (handle, numbers) -> {
          List<Fate> fates = new StepGroup(steps, places, now).write(handle, asks, numbers, locked);
          List<UpdateProgressResponse> responses = new StepAnswers(progress, now).of(handle, fates);
          return IntStream.range(0, fates.size())
              .mapToObj(i -> new Settled(fates.get(i), responses.get(i)))
              .toList();
        });
  }

  private static void answer(Waiting waiting, Settled settled) {
    if (settled.fate() instanceof Fate.Refused(ApiException why)) {
      waiting.answer().completeExceptionally(why);
    } else {
      waiting.answer().complete(settled.response());
    }
  }

  private void failed(List<Waiting> group, RuntimeException e, int tries) {
    if (e instanceof StepGroup.OvertakenException && tries < TRIES) {
      places.mistaken(clock.instant());
      write(group, tries + 1);
    } else if (Outage.retryAfter(e).isPresent() || group.size() == 1) {
      // The commit may have been done all the same: whoever repeats it by its id learns that.
      LOG.warn("{} steps are not written: {}", group.size(), e.toString());
      group.forEach(waiting -> waiting.answer().completeExceptionally(e));
    } else {
      // One of them is bad: it is found by halves.
      int half = group.size() / 2;
      write(group.subList(0, half), tries);
      write(group.subList(half, group.size()), tries);
    }
  }

  private static ApiException shuttingDown() {
    return new ApiException(
        ErrorReason.ERROR_REASON_SHUTTING_DOWN,
        "the server is shutting down; retry on another",
        Map.of(),
        RETRY_AFTER);
  }
}
