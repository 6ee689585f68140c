package dev.scriptorium.server.fleet;

import dev.scriptorium.server.jobs.WorkerLink;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.worker.v1.Acknowledged;
import dev.scriptorium.worker.v1.Adopted;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Cancel;
import dev.scriptorium.worker.v1.Drain;
import dev.scriptorium.worker.v1.Fenced;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.Resume;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.Welcome;
import io.grpc.stub.StreamObserver;

/**
 * What is said to one worker, from any thread: gathered, so that one message of the stream carries
 * many. After the end nothing is said any more.
 */
final class WorkerStream implements WorkerLink {
  private static final int MOST_MESSAGES = 1000;

  private final StreamObserver<ServerMessages> stream;
  private ServerMessages.Builder gathered = ServerMessages.newBuilder();
  private boolean open;
  private boolean over;

  // Lets a flush that has nothing to do cost nothing.
  private volatile boolean unsent;

  /**
   * @param stream not thread-safe; used here alone
   */
  WorkerStream(StreamObserver<ServerMessages> stream) {
    this.stream = stream;
  }

  /** Answers Hello. Nothing is sent before {@link #open}. */
  void welcome(Welcome welcome) {
    say(ServerMessage.newBuilder().setWelcome(welcome));
  }

  /** Sends what was said so far, and from now on what is said. */
  void open() {
    synchronized (this) {
      open = true;
    }
    flush();
  }

  @Override
  public void offer(Offer offer) {
    say(ServerMessage.newBuilder().setOffer(offer));
  }

  @Override
  public void acknowledged(AttemptKey attempt) {
    say(ServerMessage.newBuilder().setAcknowledged(Acknowledged.newBuilder().setId(id(attempt))));
  }

  @Override
  public void adopted(AttemptKey attempt) {
    say(ServerMessage.newBuilder().setAdopted(Adopted.newBuilder().setId(id(attempt))));
  }

  @Override
  public void fenced(AttemptKey attempt) {
    say(ServerMessage.newBuilder().setFenced(Fenced.newBuilder().setId(id(attempt))));
  }

  @Override
  public void cancel(AttemptKey attempt) {
    say(ServerMessage.newBuilder().setCancel(Cancel.newBuilder().setId(id(attempt))));
  }

  /** Tells it to take no more offers and, to end it, to exit then. */
  void drain(boolean terminate) {
    say(ServerMessage.newBuilder().setDrain(Drain.newBuilder().setTerminate(terminate)));
    flush();
  }

  /** Tells it to take offers again. */
  void resume() {
    say(ServerMessage.newBuilder().setResume(Resume.getDefaultInstance()));
    flush();
  }

  private static AttemptId.Builder id(AttemptKey attempt) {
    return AttemptId.newBuilder()
        .setJob(attempt.job())
        .setAttempt(attempt.attempt())
        .setToken(attempt.token());
  }

  private synchronized void say(ServerMessage.Builder message) {
    gathered.addMessages(message);
    unsent = true;
    if (open && gathered.getMessagesCount() >= MOST_MESSAGES) {
      send();
    }
  }

  @Override
  public void flush() {
    if (unsent) {
      send();
    }
  }

  private synchronized void send() {
    if (!open && !over) {
      return;
    }
    if (!over && gathered.getMessagesCount() > 0) {
      stream.onNext(gathered.build());
    }
    gathered = ServerMessages.newBuilder();
    unsent = false;
  }

  /** Ends it because the worker has ended its side. */
  synchronized void complete() {
    if (!over) {
      send();
      over = true;
      stream.onCompleted();
    }
  }

  /** Ends it for a reason that the worker is told. */
  synchronized void fail(Throwable reason) {
    if (!over) {
      over = true;
      stream.onError(reason);
    }
  }

  /** It is over already. */
  synchronized void forget() {
    over = true;
  }
}
