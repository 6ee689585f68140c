package dev.scriptorium.server.catalog;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;

/**
 * A call that brings a file in messages. It asks for one at a time and takes it before it asks for
 * the next, so that it holds one in memory, however long the file. gRPC calls it from one thread at
 * a time.
 */
abstract class ReceivingCall<Q, A> implements StreamObserver<Q> {
  private final ServerCallStreamObserver<A> answer;
  private boolean ended;

  ReceivingCall(ServerCallStreamObserver<A> answer) {
    this.answer = answer;
    answer.disableAutoRequest();
    // gRPC then tells a cancellation through onError, once.
    answer.setOnCancelHandler(() -> {});
    // A deadline closes the call without a cancellation.
    answer.setOnCloseHandler(this::end);
    answer.request(1);
  }

  /** Takes a message, or refuses it. */
  abstract void take(Q message) throws IOException;

  /** All messages were taken: gives the answer, or refuses them. What is open may stay so. */
  abstract A finish() throws IOException;

  /** Lets go of what is open, however the call ends. Does nothing the second time. */
  abstract void release();

  @Override
  public final void onNext(Q message) {
    if (!ended) {
      attempt(
          () -> {
            take(message);
            answer.request(1);
          });
    }
  }

  @Override
  public final void onError(Throwable cause) {
    end();
  }

  @Override
  public final void onCompleted() {
    if (!ended) {
      attempt(
          () -> {
            A response = finish();
            end();
            answer.onNext(response);
            answer.onCompleted();
          });
    }
  }

  private void end() {
    ended = true;
    release();
  }

  /** A piece of the call that may refuse it. */
  private interface Step {
    void run() throws IOException;
  }

  // What goes wrong with files reaches the caller through the observer; refusals and defects are
  // thrown on to the interceptor.
  private void attempt(Step step) {
    boolean done = false;
    try {
      step.run();
      done = true;
    } catch (IOException e) {
      answer.onError(e);
    } finally {
      if (!done) {
        end();
      }
    }
  }
}
