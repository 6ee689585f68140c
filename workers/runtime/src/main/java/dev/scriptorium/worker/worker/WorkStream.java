package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.WorkerMessage;
import dev.scriptorium.worker.v1.WorkerMessages;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One work stream, from its opening until it breaks. What is said within one turn of the loop goes
 * out as one frame. Confined to the loop.
 */
final class WorkStream implements ClientResponseObserver<WorkerMessages, ServerMessages> {
  private static final Logger LOG = LoggerFactory.getLogger(WorkStream.class);

  /** Most messages of a frame. */
  static final int MAX_MESSAGES = 1000;

  // A quarter of what gRPC receives by default.
  private static final int MAX_BYTES = 1 << 20;

  /** Hears a stream, on the loop. */
  interface Ear {
    /** The server says something. */
    void heard(WorkStream from, ServerMessages frame);

    /** The stream is over. */
    void broke(WorkStream from, Status status);
  }

  private final Executor loop;
  private final Ear ear;
  private @Nullable ClientCallStreamObserver<WorkerMessages> requests;
  private WorkerMessages.Builder gathered = WorkerMessages.newBuilder();
  private int gatheredBytes;

  WorkStream(Executor loop, Ear ear) {
    this.loop = loop;
    this.ear = ear;
  }

  /** True while the server keeps up with what is said. */
  boolean isReady() {
    return requests != null && requests.isReady();
  }

  /** Says something, at the end of this turn of the loop. */
  void send(WorkerMessage message) {
    int bytes = message.getSerializedSize();
    if (gatheredBytes + bytes > MAX_BYTES) {
      flush();
    }
    if (gathered.getMessagesCount() == 0) {
      // Behind all that is waiting for the loop now, and may have something to say, too.
      loop.execute(this::flush);
    }
    gathered.addMessages(message);
    gatheredBytes += bytes;
    if (gathered.getMessagesCount() == MAX_MESSAGES) {
      flush();
    }
  }

  /** Ends this side of it, everything having been said. */
  void complete() {
    flush();
    if (requests != null) {
      try {
        requests.onCompleted();
      } catch (IllegalStateException e) {
        LOG.debug("the stream was over: {}", e.getMessage());
      }
    }
  }

  /** Breaks it. */
  void cancel(String why) {
    if (requests != null) {
      requests.cancel(why, null);
    }
  }

  private void flush() {
    if (requests == null || gathered.getMessagesCount() == 0) {
      return;
    }
    WorkerMessages frame = gathered.build();
    gathered = WorkerMessages.newBuilder();
    gatheredBytes = 0;
    try {
      requests.onNext(frame);
    } catch (IllegalStateException e) {
      // The call has ended, and its observer is about to be told.
      LOG.debug("{} messages lost: {}", frame.getMessagesCount(), e.getMessage());
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WorkerMessages> stream) {
    requests = stream;
  }

  @Override
  public void onNext(ServerMessages frame) {
    loop.execute(() -> ear.heard(this, frame));
  }

  @Override
  public void onError(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    loop.execute(() -> ear.broke(this, status));
  }

  @Override
  public void onCompleted() {
    loop.execute(() -> ear.broke(this, Status.UNAVAILABLE.withDescription("closed by the server")));
  }
}
