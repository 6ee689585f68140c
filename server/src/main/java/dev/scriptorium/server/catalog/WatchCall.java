package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.View;
import dev.scriptorium.v1.WatchBookResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One WatchBook call. It keeps no queue: whatever happened since the last frame becomes one frame,
 * and none is sent while the client does not read. Runs on a thread of its own.
 */
final class WatchCall implements BookWatch.Watcher, Runnable {
  private static final Duration MIN_GAP = Duration.ofMillis(100);
  // Another server may be doing the job: then nobody here hears of it.
  private static final Duration REREAD_AFTER = Duration.ofSeconds(2);

  private final UUID book;
  private final BookWatch watch;
  private final Supplier<StoredBook> read;
  private final ServerCallStreamObserver<WatchBookResponse> answer;
  private final Semaphore wake = new Semaphore(0);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean factsChanged;
  private @Nullable WatchBookResponse lastSent;

  /**
   * @param read the book as the database has it now
   * @param answer not yet used; its handlers are set here
   */
  WatchCall(
      UUID book,
      BookWatch watch,
      Supplier<StoredBook> read,
      ServerCallStreamObserver<WatchBookResponse> answer) {
    this.book = book;
    this.watch = watch;
    this.read = read;
    this.answer = answer;
    answer.setOnCancelHandler(this::end);
    // A drain or a deadline closes the call without a cancellation.
    answer.setOnCloseHandler(this::end);
    answer.setOnReadyHandler(wake::release);
  }

  @Override
  public void changed(boolean facts) {
    if (facts) {
      factsChanged = true;
    }
    wake.release();
  }

  @Override
  public void run() {
    watch.add(book, this);
    try {
      follow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.onError(shuttingDown());
    } catch (RuntimeException e) {
      // The edge of this thread: the interceptor turns it into an error of the API.
      answer.onError(e);
    } finally {
      watch.remove(book, this);
    }
  }

  private void end() {
    over.countDown();
    wake.release();
  }

  private void follow() throws InterruptedException {
    StoredBook stored = read.get();
    do {
      ImportState state = stored.state(watch.live(book));
      if (send(stored, state) && (state.ended() || stored.deleted())) {
        answer.onCompleted();
        return;
      }
      boolean woken = wake.tryAcquire(REREAD_AFTER.toMillis(), TimeUnit.MILLISECONDS);
      wake.drainPermits();
      stored = refreshed(stored, !woken);
    } while (!over.await(MIN_GAP.toMillis(), TimeUnit.MILLISECONDS));
  }

  private StoredBook refreshed(StoredBook known, boolean due) {
    if (!due && !factsChanged) {
      return known;
    }
    // Cleared first: what changes while we read is read again.
    factsChanged = false;
    return read.get();
  }

  /** True when the client has, or has had, this state. */
  private boolean send(StoredBook stored, ImportState state) {
    WatchBookResponse frame =
        WatchBookResponse.newBuilder()
            .setBook(stored.message(View.VIEW_BASIC, state.live()))
            .setActivity(state.activity())
            .build();
    if (frame.equals(lastSent)) {
      return true;
    }
    if (!answer.isReady()) {
      return false;
    }
    answer.onNext(frame);
    lastSent = frame;
    return true;
  }

  private static ApiException shuttingDown() {
    return new ApiException(
        ErrorReason.ERROR_REASON_SHUTTING_DOWN,
        "the server is shutting down; watch on another",
        Map.of(),
        REREAD_AFTER);
  }
}
