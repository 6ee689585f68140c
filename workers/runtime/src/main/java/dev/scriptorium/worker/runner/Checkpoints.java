package dev.scriptorium.worker.runner;

import com.google.protobuf.ByteString;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.worker.frame.FrameWriter;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.JobCheckpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one job on their way to the worker: at most one a second, the latest wins.
 * Thread-safe.
 */
final class Checkpoints {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  /** Runs a task later. */
  interface Timer {
    /** Runs a task after some nanoseconds. */
    void after(long nanos, Runnable task);
  }

  private final long job;
  private final FrameWriter out;
  private final LongSupplier nanoTime;
  private final Timer timer;
  private @Nullable ByteString waiting;
  private long sentNanos;
  private boolean timed;
  private boolean closed;

  Checkpoints(long job, FrameWriter out, LongSupplier nanoTime, Timer timer) {
    this.job = job;
    this.out = out;
    this.nanoTime = nanoTime;
    this.timer = timer;
    sentNanos = nanoTime.getAsLong() - INTERVAL_NANOS;
  }

  /**
   * Sends a state, now or within a second.
   *
   * @throws IllegalArgumentException when it is too long
   */
  synchronized void save(byte[] state) {
    if (state.length > JobContext.MAX_CHECKPOINT_BYTES) {
      throw new IllegalArgumentException(
          "checkpoint of %d bytes, at most %d"
              .formatted(state.length, JobContext.MAX_CHECKPOINT_BYTES));
    }
    waiting = ByteString.copyFrom(state);
    long wait = sentNanos + INTERVAL_NANOS - nanoTime.getAsLong();
    if (wait <= 0) {
      flush();
    } else if (!timed) {
      timed = true;
      timer.after(wait, this::timeIsUp);
    }
  }

  /** Sends what waits. */
  synchronized void flush() {
    ByteString state = waiting;
    if (state == null || closed) {
      return;
    }
    waiting = null;
    sentNanos = nanoTime.getAsLong();
    try {
      out.write(
          FromRunner.newBuilder()
              .setCheckpoint(JobCheckpoint.newBuilder().setJob(job).setState(state))
              .build());
    } catch (IOException e) {
      Death.workerGone();
    }
  }

  /** Nothing is sent any more: the job is over. */
  synchronized void close() {
    closed = true;
    waiting = null;
  }

  private synchronized void timeIsUp() {
    timed = false;
    flush();
  }
}
