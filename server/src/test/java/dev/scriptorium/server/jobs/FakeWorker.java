package dev.scriptorium.server.jobs;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.JobClass;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.Checkpoint;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Fail;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.Usage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker without a stream: it does what the test says. */
final class FakeWorker implements WorkerLink {
  private static final int SECONDS = 10;
  private static final long MEMORY = 1L << 50;

  private final TestEngine test;
  private final String name;
  private final long seat;
  private final BlockingQueue<Offer> offers = new LinkedBlockingQueue<>();
  private final BlockingQueue<AttemptKey> adopted = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  FakeWorker(TestEngine test, String name, int slots, AttemptId... held) {
    this.test = test;
    this.name = name;
    List<JobClass> abilities =
        List.of(
            new JobClass("inspect", "*"),
            new JobClass("parse", "text/plain"),
            new JobClass("analyze", "*"));
    seat = dispatcher().join(this, name, abilities, MEMORY, List.of(held));
    heartbeat(slots);
  }

  private Dispatcher dispatcher() {
    return test.engine().dispatcher();
  }

  void heartbeat(int slots) {
    dispatcher().heartbeat(seat, slots, MEMORY);
  }

  /** Tells of attempts whose server it cannot reach. */
  void orphans(AttemptId... held) {
    dispatcher().orphans(seat, List.of(held));
  }

  /** Attempts that the server has made its own. */
  List<AttemptKey> adopted() {
    return List.copyOf(adopted);
  }

  void leave() {
    dispatcher().leave(seat);
  }

  Offer nextOffer() throws InterruptedException {
    Offer offer = offers.poll(SECONDS, TimeUnit.SECONDS);
    if (offer == null) {
      throw new AssertionError(name + " got no offer");
    }
    return offer;
  }

  boolean hasOffer() {
    return !offers.isEmpty();
  }

  /** Takes the next offer. */
  AttemptId accept() throws InterruptedException {
    AttemptId id = nextOffer().getId();
    dispatcher().accept(seat, id);
    return id;
  }

  void decline(AttemptId id) {
    dispatcher().decline(seat, id);
  }

  void progress(AttemptId id, int percent) {
    dispatcher().progress(seat, id, percent, "working");
  }

  void checkpoint(AttemptId id, String state) {
    dispatcher()
        .checkpoint(
            seat,
            Checkpoint.newBuilder().setId(id).setState(ByteString.copyFromUtf8(state)).build());
  }

  void complete(AttemptId id, String result) throws IOException {
    complete(id, test.store(result));
  }

  void complete(AttemptId id, StoredBlob result) {
    complete(id, result, Usage.getDefaultInstance());
  }

  void complete(AttemptId id, StoredBlob result, Usage usage) {
    BlobRef ref =
        BlobRef.newBuilder()
            .setSha256(result.sha256().hex())
            .setSizeBytes(result.sizeBytes())
            .build();
    Complete complete = Complete.newBuilder().setId(id).setResult(ref).setUsage(usage).build();
    if (!dispatcher().complete(seat, name, complete)) {
      throw new AssertionError("the ledger is full");
    }
  }

  void fail(AttemptId id, Ending ending, boolean retryable) {
    Fail fail =
        Fail.newBuilder()
            .setId(id)
            .setEnding(ending)
            .setRetryable(retryable)
            .setCause(ending == Ending.ENDING_CRASHED ? "OOM_HEAP" : "")
            .setLogTail("a\0b")
            .setFailure(
                Failure.newBuilder()
                    .setReason(
                        ending == Ending.ENDING_CRASHED
                            ? ErrorReason.ERROR_REASON_RUNNER_CRASHED
                            : ErrorReason.ERROR_REASON_FILE_CORRUPT)
                    .setMessage("book.txt is not what it seems"))
            .build();
    if (!dispatcher().fail(seat, name, fail)) {
      throw new AssertionError("the ledger is full");
    }
  }

  /** The next answer: {@code acknowledged}, {@code fenced} or {@code cancel}, and the attempt. */
  String nextAnswer() throws InterruptedException {
    String answer = answers.poll(SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError(name + " got no answer");
    }
    return answer;
  }

  static String answer(String what, AttemptId id) {
    return what + " " + id.getJob() + "/" + id.getAttempt();
  }

  @Override
  public void offer(Offer offer) {
    offers.add(offer);
  }

  @Override
  public void acknowledged(AttemptKey attempt) {
    answers.add("acknowledged " + attempt.job() + "/" + attempt.attempt());
  }

  @Override
  public void adopted(AttemptKey attempt) {
    adopted.add(attempt);
  }

  @Override
  public void fenced(AttemptKey attempt) {
    answers.add("fenced " + attempt.job() + "/" + attempt.attempt());
  }

  @Override
  public void cancel(AttemptKey attempt) {
    answers.add("cancel " + attempt.job() + "/" + attempt.attempt());
  }
}
