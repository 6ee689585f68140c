package dev.scriptorium.worker.worker;

import com.google.protobuf.ByteString;
import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.files.JobDirectory;
import dev.scriptorium.worker.pool.CrashReport;
import dev.scriptorium.worker.pool.RunnerTask;
import dev.scriptorium.worker.pool.RunnerUsage;
import dev.scriptorium.worker.v1.Accept;
import dev.scriptorium.worker.v1.AttemptProgress;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.Checkpoint;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Fail;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.JobFailed;
import dev.scriptorium.worker.v1.JobFile;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.Offer;
import dev.scriptorium.worker.v1.StartJob;
import dev.scriptorium.worker.v1.Usage;
import dev.scriptorium.worker.v1.WorkerMessage;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt from its acceptance to the server's acknowledgement: fetch the inputs, wait for a
 * runner, run, store the result, report until the report is acknowledged. Confined to the worker's
 * loop; files are moved over the network on other threads.
 */
final class Attempt implements RunnerTask {
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

    /** An attempt has changed its phase. */
    void moved(Attempt attempt);
  }

  private final Offer offer;
  private final ServerLink link;
  private final Path home;
  private final Host host;
  private final long acceptedNanos;
  private Phase phase = Phase.FETCHING;
  private @Nullable JobDirectory directory;
  private @Nullable WorkerMessage report;
  private RunnerUsage used = new RunnerUsage(0, 0);
  private int failures;

  /**
   * @param home folder to create for it
   */
  Attempt(Offer offer, ServerLink link, Path home, Host host) {
    this.offer = offer;
    this.link = link;
    this.home = home;
    this.host = host;
    acceptedNanos = host.nanoTime();
  }

  Offer offer() {
    return offer;
  }

  ServerLink link() {
    return link;
  }

  Phase phase() {
    return phase;
  }

  /** Takes the offer. */
  void accept() {
    link.send(
        WorkerMessage.newBuilder().setAccept(Accept.newBuilder().setId(offer.getId())).build());
    host.background(this::fetch);
  }

  /** What to tell the runner, the directory having been moved to it. */
  StartJob.Builder startIn(Path runner) throws IOException {
    JobDirectory moved = directory();
    moved.moveInto(runner);
    StartJob.Builder start =
        StartJob.newBuilder()
            .setKind(offer.getKind())
            .setMediaType(offer.getMediaType())
            .setFileName(offer.getFileName())
            .setLanguage(offer.getLanguage())
            .setDirectory(moved.path().toString())
            .setFirstChapter(offer.getFirstChapter())
            .setLastChapter(offer.getLastChapter())
            .setDeadlineMillis(Math.max(1, offer.getDeadlineMillis() - elapsedMillis()))
            .setPayload(offer.getPayload())
            .setCheckpoint(offer.getCheckpoint())
            .setJobId(offer.getId().getJob())
            .setAttempt(offer.getId().getAttempt());
    for (Input input : offer.getInputsList()) {
      start.addInputs(
          JobFile.newBuilder()
              .setKind(input.getKind())
              .setName(JobDirectory.inputName(input.getIndex())));
    }
    phase = Phase.RUNNING;
    return start;
  }

  /** Longest time without a sign of life. */
  Duration stall() {
    return Duration.ofMillis(offer.getStallMillis());
  }

  /** Says the end again, after the server was away. */
  void repeatReport() {
    if (report != null) {
      link.send(report);
    }
  }

  /** True when its time was over before a runner could begin. */
  boolean overdue() {
    boolean begun = phase != Phase.FETCHING && phase != Phase.WAITING;
    return !begun && elapsedMillis() > offer.getDeadlineMillis();
  }

  /** Hands it back; when a runner works on it the pool must be told to stop. */
  void release(String why) {
    boolean inRunner = phase == Phase.RUNNING;
    fail(Reports.released(offer, why));
    if (!inRunner) {
      dropFiles();
    }
  }

  /** Ends it when it could not be brought to its runner. */
  void breakOff(String why) {
    fail(Reports.broken(offer, why, true));
    dropFiles();
  }

  /** Forgets it: the server knows its end, or wants nothing of it. */
  void forget() {
    boolean inRunner = phase == Phase.RUNNING;
    phase = Phase.OVER;
    if (!inRunner) {
      dropFiles();
    }
    host.moved(this);
  }

  @Override
  public void progressed(int percent, String activity) {
    if (phase == Phase.RUNNING) {
      link.sendIfReady(
          WorkerMessage.newBuilder()
              .setProgress(
                  AttemptProgress.newBuilder()
                      .setId(offer.getId())
                      .setPercent(percent)
                      .setActivity(activity))
              .build());
    }
  }

  @Override
  public void saved(ByteString state) {
    if (phase == Phase.RUNNING) {
      link.send(
          WorkerMessage.newBuilder()
              .setCheckpoint(Checkpoint.newBuilder().setId(offer.getId()).setState(state))
              .build());
    }
  }

  @Override
  public void finished(JobFinished finished, RunnerUsage usage) {
    used = usage;
    if (phase != Phase.RUNNING) {
      dropFiles();
      return;
    }
    try {
      directory().moveHome();
      phase = Phase.STORING;
      Path files = directory().path();
      host.background(() -> store(finished, files));
      host.moved(this);
    } catch (IOException e) {
      LOG.error("cannot move {}", home, e);
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
    ended(Reports.crashed(offer, crash));
  }

  private void ended(Fail fail) {
    if (phase == Phase.RUNNING) {
      fail(fail);
    }
    dropFiles();
  }

  private void fail(Fail fail) {
    report(
        WorkerMessage.newBuilder()
            .setFail(fail.toBuilder().setId(offer.getId()).setUsage(usage()))
            .build());
  }

  private void fetch() {
    try {
      JobDirectory created = JobDirectory.create(home);
      for (Input input : offer.getInputsList()) {
        Transfers.download(link.channel(), offer.getId(), input, created.input(input.getIndex()));
      }
      host.onLoop(() -> fetched(created));
    } catch (StatusException e) {
      host.onLoop(() -> troubled(e, Phase.FETCHING, this::fetch));
    } catch (IOException e) {
      LOG.error("cannot store the inputs of job {}", offer.getId().getJob(), e);
      host.onLoop(() -> brokenIn(Phase.FETCHING, "the worker cannot store its inputs", true));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fetched(JobDirectory created) {
    directory = created;
    failures = 0;
    if (phase == Phase.FETCHING) {
      phase = Phase.WAITING;
      host.moved(this);
    } else {
      dropFiles();
    }
  }

  private void store(JobFinished finished, Path files) {
    try {
      Complete.Builder complete = Complete.newBuilder().setId(offer.getId());
      complete.setResult(
          upload(
              files.resolve(JobDirectory.RESULT),
              finished.getResultBytes(),
              finished.getResultSha256()));
      if (finished.getPackBytes() > 0) {
        complete.setPack(
            upload(
                files.resolve(JobDirectory.PACK),
                finished.getPackBytes(),
                finished.getPackSha256()));
      }
      host.onLoop(() -> stored(complete));
    } catch (StatusException e) {
      host.onLoop(() -> troubled(e, Phase.STORING, () -> store(finished, files)));
    } catch (IOException e) {
      LOG.error("cannot read the result of job {}", offer.getId().getJob(), e);
      host.onLoop(() -> brokenIn(Phase.STORING, "the worker cannot read the result", true));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private BlobRef upload(Path file, long bytes, String sha256)
      throws StatusException, IOException, InterruptedException {
    BlobRef blob = BlobRef.newBuilder().setSizeBytes(bytes).setSha256(sha256).build();
    return Transfers.upload(link.channel(), offer.getId(), file, blob);
  }

  private void stored(Complete.Builder complete) {
    if (phase == Phase.STORING) {
      report(WorkerMessage.newBuilder().setComplete(complete.setUsage(usage())).build());
    }
    dropFiles();
  }

  /** The server did not take or give a file: it is gone for now, or says no. */
  private void troubled(StatusException trouble, Phase during, Runnable again) {
    if (phase != during) {
      dropFiles();
      return;
    }
    failures++;
    LOG.warn(
        "job {} {}: {}",
        offer.getId().getJob(),
        during == Phase.FETCHING ? "cannot be fetched" : "cannot be stored",
        ServerLink.describe(trouble.getStatus()));
    switch (TransferTrouble.of(trouble)) {
      case FENCED -> forget();
      case AWAY -> host.later(failures, () -> retry(during, again));
      case REFUSED ->
          brokenIn(during, "the server does not take the result: it is too large", false);
      case DAMAGED -> {
        if (failures < TransferTrouble.MOST_DAMAGED) {
          host.later(failures, () -> retry(during, again));
        } else {
          brokenIn(during, "a file was damaged on its way", true);
        }
      }
    }
  }

  private void retry(Phase during, Runnable again) {
    if (phase == during) {
      host.background(again);
    } else {
      dropFiles();
    }
  }

  private void brokenIn(Phase during, String why, boolean retryable) {
    if (phase == during) {
      fail(Reports.broken(offer, why, retryable));
    }
    dropFiles();
  }

  private void report(WorkerMessage message) {
    phase = Phase.REPORTED;
    report = message;
    link.send(message);
    host.moved(this);
  }

  private Usage usage() {
    return Usage.newBuilder()
        .setPeakMemoryBytes(used.peakBytes())
        .setCpuMillis(used.cpuMillis())
        .setElapsedMillis(elapsedMillis())
        .build();
  }

  private long elapsedMillis() {
    return Duration.ofNanos(host.nanoTime() - acceptedNanos).toMillis();
  }

  private JobDirectory directory() {
    if (directory == null) {
      throw new IllegalStateException("job " + offer.getId().getJob() + " has no directory yet");
    }
    return directory;
  }

  /** Deletes what is there, be it a half of what was to be fetched. */
  private void dropFiles() {
    Path place = directory == null ? home : directory.path();
    directory = null;
    host.background(() -> delete(place));
  }

  private static void delete(Path directory) {
    try {
      FileTree.delete(directory);
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", directory, e.toString());
    }
  }
}
