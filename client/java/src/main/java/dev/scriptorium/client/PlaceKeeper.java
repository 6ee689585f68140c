package dev.scriptorium.client;

import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the place of a reader who turns pages: many moves become one write every five seconds, and
 * {@link #close} writes the last one. What could not be written is tried again with the next write.
 * Thread-safe; {@link #moved} never waits for the network.
 */
public final class PlaceKeeper implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ScriptoriumClient client;
  private final UpdateProgressRequest template;
  private final ScheduledExecutorService timer;
  private final InstantSource clock;
  private final Listener listener;
  // Guards the fields below; never held during a call.
  private final ReentrantLock state = new ReentrantLock();
  // Held during a call, so that writes keep their order.
  private final ReentrantLock writing = new ReentrantLock();
  private @Nullable Place pending;
  private boolean scheduled;
  private long revision;

  /**
   * @param book {@code books/{book}}
   * @param device stable name of the device
   * @param revision of the progress that the reader started from, 0 when there was none
   * @param policy what to do when another device moved meanwhile
   * @param timer runs the writes; stays the caller's
   * @param listener called by the timer's threads, and by those that call {@link #flush}
   */
  public PlaceKeeper(
      ScriptoriumClient client,
      String book,
      String device,
      long revision,
      ConflictPolicy policy,
      ScheduledExecutorService timer,
      InstantSource clock,
      Listener listener) {
    this.client = client;
    this.template =
        UpdateProgressRequest.newBuilder()
            .setName(book + "/progress")
            .setDevice(device)
            .setPolicy(policy)
            .build();
    this.revision = revision;
    this.timer = timer;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * The reader is here now.
   *
   * @param offset in code points of the book
   */
  public void moved(long offset) {
    state.lock();
    try {
      pending = new Place(offset, clock.instant());
      schedule();
    } finally {
      state.unlock();
    }
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      // Nothing to wait for: the tick tells its failures to the listener.
      var _ = timer.schedule(this::tick, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    state.lock();
    try {
      scheduled = false;
    } finally {
      state.unlock();
    }
    try {
      flush();
    } catch (ScriptoriumException e) {
      listener.failed(e);
      tryAgain(e);
    }
  }

  private void tryAgain(ScriptoriumException error) {
    state.lock();
    try {
      if (error.retryable()) {
        schedule();
      }
    } finally {
      state.unlock();
    }
  }

  /**
   * Writes the last place now.
   *
   * @throws ScriptoriumException when it cannot be written; it is kept for the next write
   */
  public void flush() {
    writing.lock();
    try {
      UpdateProgressRequest request;
      Place place;
      state.lock();
      try {
        if (pending == null) {
          return;
        }
        place = pending;
        request = request(place);
      } finally {
        state.unlock();
      }
      written(place, client.updateProgress(request));
    } finally {
      writing.unlock();
    }
  }

  private UpdateProgressRequest request(Place place) {
    Instant at = place.at();
    return template.toBuilder()
        .setOffset(place.offset())
        .setBaseRevision(revision)
        .setEventTime(Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
        .build();
  }

  private void written(Place place, UpdateProgressResponse response) {
    state.lock();
    try {
      // A move during the call stays for the next write.
      pending = place.equals(pending) ? null : pending;
      boolean conflict = response.getOutcome() == UpdateProgressResponse.Outcome.OUTCOME_CONFLICT;
      revision = conflict ? revision : response.getProgress().getRevision();
    } finally {
      state.unlock();
    }
    listener.written(response);
  }

  /** Writes the last place. */
  @Override
  public void close() {
    flush();
  }

  /** Hears what becomes of the writes. */
  public interface Listener {
    /** The server answered: also CONFLICT, after which the reader has to choose. */
    void written(UpdateProgressResponse response);

    /** A write by the timer failed. It is tried again when the error says that this may help. */
    void failed(ScriptoriumException error);
  }

  private record Place(long offset, Instant at) {}
}
