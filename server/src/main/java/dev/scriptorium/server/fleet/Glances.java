package dev.scriptorium.server.fleet;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a caller how something is: at once, and whenever it has changed since it was last looked
 * at, until the caller has enough. For what changes all the time, where looking is simpler than
 * being told. Thread-safe.
 */
final class Glances {
  private final Executor watchers;
  private final Duration pause;

  /**
   * @param watchers runs one task for every call; virtual threads
   * @param pause between two looks
   */
  Glances(Executor watchers, Duration pause) {
    this.watchers = watchers;
    this.pause = pause;
  }

  /** Answers a call from now on; returns at once. */
  <T> void tell(Supplier<T> look, StreamObserver<T> response) {
    ServerCallStreamObserver<T> stream = (ServerCallStreamObserver<T>) response;
    CountDownLatch over = new CountDownLatch(1);
    stream.setOnCancelHandler(over::countDown);
    watchers.execute(Context.current().wrap(() -> watch(look, stream, over)));
  }

  private <T> void watch(
      Supplier<T> look, ServerCallStreamObserver<T> stream, CountDownLatch over) {
    try {
      @Nullable T told = null;
      do {
        T now = look.get();
        if (stream.isReady() && !now.equals(told)) {
          stream.onNext(now);
          told = now;
        }
      } while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stream.onError(
          Status.UNAVAILABLE.withDescription("the server is shutting down").asException());
    } catch (RuntimeException e) {
      stream.onError(e);
    }
  }
}
