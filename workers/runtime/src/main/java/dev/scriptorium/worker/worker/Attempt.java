package dev.scriptorium.worker.worker;

import com.google.protobuf.ByteString;
import dev.scriptorium.worker.files.JobDirectory;
import dev.scriptorium.worker.pool.CrashReport;
import dev.scriptorium.worker.pool.RunnerNeeds;
import dev.scriptorium.worker.pool.RunnerTask;
import dev.scriptorium.worker.pool.RunnerUsage;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.AttemptProgress;
import dev.scriptorium.worker.v1.Checkpoint;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Fail;
import dev.scriptorium.worker.v1.JobFailed;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.StartJob;
import dev.scriptorium.worker.v1.Usage;
import dev.scriptorium.worker.v1.WorkerMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt from its acceptance to the server's acknowledgement: fetch the inputs, wait for a
 * runner, run, store the result, report until the report is acknowledged. It belongs to one
 * incarnation of a server at a time; should that one die, its heir adopts it. Confined to the
 * worker's loop.
 */
final class Attempt implements RunnerTask, AttemptFiles.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  /** Where an attempt stands. */
  enum Phase {
    /** Its inputs are being fetched. */
    FETCHING,
    /** It waits for a runner. */
    WAITING,
    /** A runner works on it. */
    RUNNING,
    /** Its result is being stored. */
    STORING,
    /** Its end was reported and is not acknowledged. */
    REPORTED,
    /** Forgotten. */
    OVER
  }

  /** What an attempt needs of its worker. */
  interface Host {
    /** Runs something that blocks. */
    void background(Runnable work);

    /** Runs something on the loop. */
    void onLoop(Runnable task);

    /** Runs something on the loop, once the server may be there again. */
    void later(int failures, Runnable task);

    /** Nanoseconds of a monotonic clock. */
    long nanoTime();

    /** The link to an incarnation of a server, while it is up. */
    Optional<ServerLink> linkTo(long incarnation);

    /**
     * A runner was killed under this attempt's job through no fault of its own; false: too often.
     */
    boolean forgives(Attempt attempt);

    /** An attempt has changed its phase. */
    void moved(Attempt attempt);
  }

  private final Offer offer;
  private final RunnerNeeds needs;
  private final Host host;
  private final AttemptFiles files;
  private final long acceptedNanos;
  private long server;
  private String address;
  private Phase phase = Phase.FETCHING;
  private @Nullable WorkerMessage report;
  private long reportedNanos;
  private @Nullable WorkerMessage checkpoint;
  private @Nullable String releasedBecause;
  private RunnerUsage used = new RunnerUsage(0, 0);

  /**
   * @param needs what is set aside for it
   * @param from the link over which it was offered
   * @param incarnation of the server that offers it
   * @param home folder to create for it
   */
  Attempt(Offer offer, RunnerNeeds needs, ServerLink from, long incarnation, Path home, Host host) {
    this.offer = offer;
    this.needs = needs;
    this.host = host;
    server = incarnation;
    address = from.address();
    files = new AttemptFiles(offer, home, host, this);
    acceptedNanos = host.nanoTime();
  }

  AttemptId id() {
    return offer.getId();
  }

  Offer offer() {
    return offer;
  }

  /** What is set aside for it. */
  RunnerNeeds needs() {
    return needs;
  }

  Phase phase() {
    return phase;
  }

  /** Address at which the server that speaks for it was reached last. */
  String address() {
    return address;
  }

  /** The server that speaks for it; empty while it cannot be reached. */
  @Override
  public Optional<ServerLink> server() {
    return host.linkTo(server);
  }

  /** True while no connected server speaks for it. */
  boolean isOrphan() {
    return server().isEmpty();
  }

  /** Time since it was accepted. */
  Duration age() {
    return Duration.ofNanos(host.nanoTime() - acceptedNanos);
  }

  /** Takes the offer. */
  void accept() {
    say(Reports.accept(offer));
    files.fetch();
  }

  /** What to tell the runner, the directory having been moved to it. */
  StartJob.Builder startIn(Path runner) throws IOException {
    JobDirectory moved = directory();
    moved.moveInto(runner);
    long left = Math.max(1, offer.getDeadlineMillis() - age().toMillis());
    phase = Phase.RUNNING;
    return Reports.start(offer, moved.path(), left);
  }

  /** Longest time without a sign of life. */
  Duration stall() {
    return Duration.ofMillis(offer.getStallMillis());
  }

  /** A server speaks for it from now on: perhaps another one than before. */
  void adopted(ServerLink link, long incarnation) {
    boolean moved = server != incarnation;
    server = incarnation;
    address = link.address();
    if (phase == Phase.REPORTED && moved && report != null && report.hasComplete()) {
      // Its blobs may be others: the result must be there before it is spoken of.
      phase = Phase.STORING;
      report = null;
      files.storeAgain();
    } else {
      serverIsBack();
    }
  }

  /** The server that speaks for it is connected again, and may have missed what was said. */
  void serverIsBack() {
    if (checkpoint != null && phase == Phase.RUNNING) {
      say(checkpoint);
    }
    repeatReport();
    files.resume();
  }

  /** Says the end once more when it was said this long ago and not acknowledged. */
  void repeatReportAfter(Duration pause) {
    if (report != null && host.nanoTime() - reportedNanos >= pause.toNanos()) {
      repeatReport();
    }
  }

  private void repeatReport() {
    if (report != null) {
      reportedNanos = host.nanoTime();
      say(report);
    }
  }

  /** True when its time was over before a runner could begin. */
  boolean overdue() {
    boolean begun = phase != Phase.FETCHING && phase != Phase.WAITING;
    return !begun && age().toMillis() > offer.getDeadlineMillis();
  }

  /**
   * Hands it back. When a runner works on it the pool must be told to stop, and it is handed back
   * at the runner's end: the last checkpoint comes before.
   */
  void release(String why) {
    if (phase == Phase.RUNNING) {
      releasedBecause = why;
    } else if (phase != Phase.REPORTED) {
      fail(Reports.released(offer, why));
    }
  }

  /** Ends it when it could not be brought to its runner. */
  void breakOff(String why) {
    fail(Reports.broken(offer, why, true));
  }

  /** Forgets it: the server knows its end, or wants nothing of it. */
  void forget() {
    boolean inRunner = phase == Phase.RUNNING;
    phase = Phase.OVER;
    if (!inRunner) {
      files.drop();
    }
    host.moved(this);
  }

  @Override
  public void progressed(int percent, String activity) {
    if (phase == Phase.RUNNING) {
      WorkerMessage message =
          WorkerMessage.newBuilder()
              .setProgress(
                  AttemptProgress.newBuilder()
                      .setId(id())
                      .setPercent(percent)
                      .setActivity(activity))
              .build();
      server().ifPresent(link -> link.sendIfReady(message));
    }
  }

  @Override
  public void saved(ByteString state) {
    if (phase == Phase.RUNNING) {
      checkpoint =
          WorkerMessage.newBuilder()
              .setCheckpoint(Checkpoint.newBuilder().setId(id()).setState(state))
              .build();
      say(checkpoint);
    }
  }

  @Override
  public void finished(JobFinished finished, RunnerUsage usage) {
    used = usage;
    if (phase != Phase.RUNNING) {
      files.drop();
      return;
    }
    try {
      directory().moveHome();
      phase = Phase.STORING;
      files.store(finished);
      host.moved(this);
    } catch (IOException e) {
      LOG.error("cannot take the result of job {} from its runner", id().getJob(), e);
      breakOff("the worker lost the result");
    }
  }

  @Override
  public void failed(JobFailed failed, boolean late, String logTail, RunnerUsage usage) {
    used = usage;
    ended(Reports.failed(offer, failed, late, logTail));
  }

  @Override
  public void crashed(CrashReport crash, RunnerUsage usage) {
    used = usage;
    boolean blameless = crash.blameless() && host.forgives(this);
    ended(Reports.crashed(offer, crash, blameless));
  }

  private void ended(Fail fail) {
    if (phase == Phase.RUNNING) {
      fail(releasedBecause == null ? fail : Reports.released(offer, releasedBecause));
    } else {
      files.drop();
    }
  }

  @Override
  public void fetched() {
    phase = Phase.WAITING;
    host.moved(this);
  }

  @Override
  public void stored(Complete.Builder complete) {
    report(WorkerMessage.newBuilder().setComplete(complete.setUsage(usage())).build());
  }

  @Override
  public void fenced() {
    forget();
  }

  @Override
  public void broken(String why, boolean retryable) {
    fail(Reports.broken(offer, why, retryable));
  }

  private void fail(Fail fail) {
    files.drop();
    report(
        WorkerMessage.newBuilder().setFail(fail.toBuilder().setId(id()).setUsage(usage())).build());
  }

  private void report(WorkerMessage message) {
    phase = Phase.REPORTED;
    report = message;
    checkpoint = null;
    repeatReport();
    host.moved(this);
  }

  private void say(WorkerMessage message) {
    server().ifPresent(link -> link.send(message));
  }

  private Usage usage() {
    return Usage.newBuilder()
        .setPeakMemoryBytes(used.peakBytes())
        .setCpuMillis(used.cpuMillis())
        .setElapsedMillis(age().toMillis())
        .build();
  }

  private JobDirectory directory() {
    JobDirectory directory = files.directory();
    if (directory == null) {
      throw new IllegalStateException("job " + id().getJob() + " has no directory yet");
    }
    return directory;
  }
}
