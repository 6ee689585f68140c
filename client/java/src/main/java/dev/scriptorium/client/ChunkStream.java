package dev.scriptorium.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call that sends many messages and gets one answer. It waits whenever the connection has enough
 * to send, so that no more than a few messages are in memory.
 */
final class ChunkStream<Q, A> implements ClientResponseObserver<Q, A> {
  private final String what;
  private final Duration stallTimeout;
  private final CompletableFuture<A> response = new CompletableFuture<>();
  private final Semaphore changed = new Semaphore(0);
  private final CompletableFuture<ClientCallStreamObserver<Q>> call = new CompletableFuture<>();

  /**
   * @param what is sent, for errors
   * @param stallTimeout how long it may stand still
   */
  ChunkStream(String what, Duration stallTimeout) {
    this.what = what;
    this.stallTimeout = stallTimeout;
  }

  /** What sends all messages. */
  interface Sending {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Sends, and waits for the answer; the call is cancelled when that is left in another way.
   *
   * @throws StatusRuntimeException as the server answered, or DEADLINE_EXCEEDED after a stall
   */
  A run(Sending sending) throws IOException, InterruptedException {
    boolean complete = false;
    try {
      sending.run();
      A answer = await();
      complete = true;
      return answer;
    } finally {
      if (!complete) {
        stream().cancel(what + " was given up", null);
      }
    }
  }

  /** False when the server has answered already: nobody reads what would follow. */
  boolean send(Q message) throws InterruptedException {
    while (!response.isDone()) {
      if (stream().isReady()) {
        stream().onNext(message);
        return true;
      }
      if (!changed.tryAcquire(stallTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw stalled();
      }
      changed.drainPermits();
    }
    return false;
  }

  /** Nothing more is sent. */
  void end() {
    stream().onCompleted();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> stream) {
    stream.setOnReadyHandler(changed::release);
    call.complete(stream);
  }

  @Override
  public void onNext(A value) {
    response.complete(value);
    changed.release();
  }

  @Override
  public void onError(Throwable error) {
    response.completeExceptionally(error);
    changed.release();
  }

  @Override
  public void onCompleted() {
    response.completeExceptionally(
        Status.INTERNAL.withDescription("the server ended the call").asRuntimeException());
    changed.release();
  }

  // Set before the call that starts the stream returns.
  private ClientCallStreamObserver<Q> stream() {
    return call.join();
  }

  private A await() throws InterruptedException {
    try {
      return response.get(stallTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw stalled();
    } catch (ExecutionException e) {
      throw Status.fromThrowable(e.getCause())
          .asRuntimeException(Status.trailersFromThrowable(e.getCause()));
    }
  }

  private StatusRuntimeException stalled() {
    return Status.DEADLINE_EXCEEDED
        .withDescription(what + " stood still for " + stallTimeout.toSeconds() + " s")
        .asRuntimeException();
  }
}
