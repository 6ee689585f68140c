package dev.scriptorium.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scriptorium.v1.ExportUserResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One export under way: as fast as the caller reads it, and given up when it does not. */
final class ExportCall implements Runnable {
  private static final int MAX_LINES = 200;
  private static final int MAX_BYTES = 256 << 10;
  // The transaction stays open meanwhile.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Exports exports;
  private final UUID user;
  private final ServerCallStreamObserver<ExportUserResponse> answer;
  private final Semaphore ready = new Semaphore(0);
  private ExportUserResponse.Builder message = ExportUserResponse.newBuilder();
  private int bytes;

  /** To be made while the call is being started, which is when handlers may be set. */
  ExportCall(Exports exports, UUID user, ServerCallStreamObserver<ExportUserResponse> answer) {
    this.exports = exports;
    this.user = user;
    this.answer = answer;
    answer.setOnReadyHandler(ready::release);
    answer.setOnCancelHandler(ready::release);
  }

  @Override
  public void run() {
    try {
      exports.write(user, this::add);
      if (message.getLinesCount() > 0) {
        send();
      }
      answer.onCompleted();
    } catch (RuntimeException e) {
      answer.onError(e);
    }
  }

  private void add(String line) {
    message.addLines(line);
    bytes += line.getBytes(UTF_8).length;
    if (message.getLinesCount() >= MAX_LINES || bytes >= MAX_BYTES) {
      send();
    }
  }

  private void send() {
    awaitReady();
    answer.onNext(message.build());
    message = ExportUserResponse.newBuilder();
    bytes = 0;
  }

  private void awaitReady() {
    try {
      while (!answer.isReady()) {
        boolean woken = ready.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (answer.isCancelled() || !woken) {
          throw Status.CANCELLED
              .withDescription("the export was not read for " + PATIENCE.toSeconds() + " s")
              .asRuntimeException();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.withDescription("the server stops").asRuntimeException();
    }
  }
}
