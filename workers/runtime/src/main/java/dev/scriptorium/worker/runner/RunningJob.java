package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.worker.frame.FrameWriter;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.JobProgress;
import dev.scriptorium.worker.v1.StartJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One job from its start message to its answer, as the handler sees it. */
final class RunningJob implements JobContext {
  private static final long PROGRESS_INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
  private static final int MAX_ACTIVITY = 100;

  private final StartJob request;
  private final FrameWriter out;
  private final LongSupplier nanoTime;
  private final long startedNanos;
  private final Checkpoints checkpoints;
  private final SpareHeap heap;

  // All guarded by this.
  private @Nullable Thread thread;
  private @Nullable JobInput input;
  private boolean stopped;
  private boolean discarded;
  private double fraction;
  private long sentNanos;

  /**
   * @param later runs a task after some nanoseconds, on any thread
   * @param heap looked after while the job goes on
   */
  RunningJob(
      StartJob request,
      FrameWriter out,
      LongSupplier nanoTime,
      Checkpoints.Timer later,
      SpareHeap heap) {
    this.heap = heap;
    this.request = request;
    checkpoints = new Checkpoints(request.getJob(), out, nanoTime, later);
    this.out = out;
    this.nanoTime = nanoTime;
    startedNanos = nanoTime.getAsLong();
    sentNanos = startedNanos - PROGRESS_INTERVAL_NANOS;
  }

  /** Number of the job within this runner. */
  long number() {
    return request.getJob();
  }

  /** What the worker asked for. */
  StartJob request() {
    return request;
  }

  /** The job's directory. */
  Path directory() {
    return Path.of(request.getDirectory());
  }

  /** Says that the calling thread does the job from now on. */
  synchronized void begin() {
    thread = Thread.currentThread();
    if (discarded) {
      thread.interrupt();
    }
  }

  /** Sets what the job reads. */
  synchronized void open(JobInput opened) {
    input = opened;
  }

  /** Says that the job is over; the thread's interrupt flag is clear afterwards. */
  void end() {
    synchronized (this) {
      thread = null;
    }
    checkpoints.close();
    // The flag was meant for this job; the next must not see it.
    boolean _ = Thread.interrupted();
  }

  /** Sends the checkpoint that was saved and not sent, if there is one. */
  void flushCheckpoint() {
    checkpoints.flush();
  }

  /**
   * Asks the job to stop.
   *
   * @param discard true: interrupt it as well, for nothing of it is wanted
   */
  synchronized void stop(boolean discard) {
    stopped = true;
    discarded |= discard;
    if (discard && thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public String kind() {
    return request.getKind();
  }

  @Override
  public String mediaType() {
    return request.getMediaType();
  }

  @Override
  public String language() {
    return request.getLanguage();
  }

  @Override
  public synchronized JobInput input() {
    if (input == null) {
      throw new IllegalStateException("job " + number() + " has not begun");
    }
    return input;
  }

  @Override
  public Path scratch() {
    try {
      return Files.createDirectories(directory().resolve("scratch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void progress(double reached, String activity) {
    heap.look();
    report(reached, activity);
  }

  private synchronized void report(double reached, String activity) {
    // A NaN fails both comparisons and changes nothing.
    if (reached > fraction) {
      fraction = Math.min(reached, 1);
    }
    long now = nanoTime.getAsLong();
    if (thread == null || now - sentNanos < PROGRESS_INTERVAL_NANOS) {
      return;
    }
    sentNanos = now;
    try {
      out.write(frame((int) (fraction * 100), activity));
    } catch (IOException e) {
      Death.workerGone();
    }
  }

  @Override
  public synchronized boolean stopRequested() {
    return stopped || nanosLeft() <= 0;
  }

  @Override
  public synchronized Optional<Duration> timeLeft() {
    return Optional.of(Duration.ofNanos(stopped ? 0 : Math.max(0, nanosLeft())));
  }

  private long nanosLeft() {
    long deadlineNanos = Duration.ofMillis(request.getDeadlineMillis()).toNanos();
    return deadlineNanos - (nanoTime.getAsLong() - startedNanos);
  }

  @Override
  public long jobId() {
    return request.getJobId();
  }

  @Override
  public int attempt() {
    return Math.max(1, request.getAttempt());
  }

  @Override
  public byte[] payload() {
    return request.getPayload().toByteArray();
  }

  @Override
  public Optional<byte[]> checkpoint() {
    return request.getCheckpoint().isEmpty()
        ? Optional.empty()
        : Optional.of(request.getCheckpoint().toByteArray());
  }

  @Override
  public void saveCheckpoint(byte[] state) {
    checkpoints.save(state);
  }

  private FromRunner frame(int percent, String activity) {
    return FromRunner.newBuilder()
        .setProgress(
            JobProgress.newBuilder()
                .setJob(number())
                .setPercent(percent)
                .setActivity(CleanText.atMost(MAX_ACTIVITY, activity)))
        .build();
  }
}
