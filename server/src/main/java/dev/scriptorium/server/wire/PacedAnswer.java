package dev.scriptorium.server.wire;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Semaphore;

/**
 * An answer of many messages, each sent when the client has taken those before. For one sending
 * thread, which waits; the transport may end the call at any moment.
 *
 * @param <T> what is sent
 */
public final class PacedAnswer<T> {
  private final ServerCallStreamObserver<T> answer;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean over;

  /**
   * @param answer not yet used; its handlers are set here
   */
  public PacedAnswer(ServerCallStreamObserver<T> answer) {
    this.answer = answer;
    answer.setOnCancelHandler(this::end);
    // A drain or a deadline closes the call without a cancellation.
    answer.setOnCloseHandler(this::end);
    answer.setOnReadyHandler(wake::release);
  }

  private void end() {
    over = true;
    wake.release();
  }

  /** True when nobody takes the answer any more. */
  public boolean isOver() {
    return over;
  }

  /** Sends a message when there is room for it; nothing when the call is over. */
  public void send(T message) throws InterruptedException {
    while (!over && !answer.isReady()) {
      wake.acquire();
    }
    if (!over) {
      answer.onNext(message);
    }
  }

  /** Ends the answer well, unless the call is over. */
  public void complete() {
    if (!over) {
      answer.onCompleted();
    }
  }

  /** Ends the answer for a reason that the client is told, unless the call is over. */
  public void fail(Exception reason) {
    if (!over) {
      answer.onError(reason);
    }
  }
}
