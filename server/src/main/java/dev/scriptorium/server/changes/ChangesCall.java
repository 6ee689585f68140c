package dev.scriptorium.server.changes;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.Change;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.WatchChangesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One WatchChanges call. It keeps no queue: it reads on from its place when the client takes the
 * next frame. Runs on a thread of its own.
 */
final class ChangesCall implements Runnable {
  private static final int FRAME = 200;
  private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final UUID owner;
  private final String token;
  private final ChangeFeed feed;
  private final ChangeWatch watch;
  private final ServerCallStreamObserver<WatchChangesResponse> answer;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean over;

  /**
   * @param token where to begin; empty for now
   * @param answer not yet used; its handlers are set here
   */
  ChangesCall(
      UUID owner,
      String token,
      ChangeFeed feed,
      ChangeWatch watch,
      ServerCallStreamObserver<WatchChangesResponse> answer) {
    this.owner = owner;
    this.token = token;
    this.feed = feed;
    this.watch = watch;
    this.answer = answer;
    answer.setOnCancelHandler(this::end);
    // A drain or a deadline closes the call without a cancellation.
    answer.setOnCloseHandler(this::end);
    answer.setOnReadyHandler(wake::release);
  }

  @Override
  public void run() {
    try {
      follow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.onError(shuttingDown());
    } catch (RuntimeException e) {
      // The edge of this thread: the interceptor turns it into an error of the API.
      if (!over) {
        answer.onError(e);
      }
    }
  }

  private void end() {
    over = true;
    wake.release();
  }

  private void follow() throws InterruptedException {
    Place.Read at = begin();
    long bookmarkAt = System.nanoTime() + BOOKMARK_EVERY.toNanos();
    while (!over) {
      if (!answer.isReady()) {
        wake.acquire();
        wake.drainPermits();
        continue;
      }
      ChangeFeed.Part part = feed.after(owner, at, FRAME);
      at = new Place.Read(part.epoch(), part.next());
      boolean idle = System.nanoTime() >= bookmarkAt;
      if (!part.changes().isEmpty() || idle) {
        send(part.changes(), at);
        bookmarkAt = System.nanoTime() + BOOKMARK_EVERY.toNanos();
      }
      if (!part.more() && at.place() instanceof Place.Log place) {
        await(place, bookmarkAt - System.nanoTime());
      }
    }
  }

  private Place.Read begin() {
    if (!token.isEmpty()) {
      return Place.decode(owner, token);
    }
    Place.Read now = feed.now(owner);
    send(List.of(), now);
    return now;
  }

  private void await(Place.Log place, long nanos) throws InterruptedException {
    ChangeWatch.Waiter waiter = new ChangeWatch.Waiter(owner, place, wake::release);
    watch.add(waiter);
    try {
      boolean _ = wake.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      wake.drainPermits();
    } finally {
      watch.remove(waiter);
    }
  }

  private void send(List<Change> changes, Place.Read at) {
    answer.onNext(
        WatchChangesResponse.newBuilder()
            .addAllChanges(changes)
            .setResumeToken(at.place().encode(owner, at.epoch()))
            .build());
  }

  private static ApiException shuttingDown() {
    return new ApiException(
        ErrorReason.ERROR_REASON_SHUTTING_DOWN,
        "the server is shutting down; watch on another",
        Map.of(),
        RETRY_AFTER);
  }
}
