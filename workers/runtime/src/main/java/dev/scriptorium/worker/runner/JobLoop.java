package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.DependencyFailure;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.worker.frame.FrameWriter;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.StartJob;
import dev.scriptorium.worker.v1.StopJob;
import dev.scriptorium.worker.v1.ToRunner;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Does one job after the other. {@link #run} belongs to the job thread; {@link #accept} to the
 * thread that listens to the worker.
 */
final class JobLoop {
  /** A job that waits for this runner comes within this time; practice would keep it waiting. */
  private static final long PATIENCE_MILLIS = 100;

  private final PluginHost plugins;
  private final FrameWriter out;
  private final LongSupplier nanoTime;
  private final Logger log;
  private final SpareHeap heap = SpareHeap.ofThisProcess();
  private final BlockingQueue<RunningJob> next = new ArrayBlockingQueue<>(1);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timer").factory());
  private volatile @Nullable RunningJob current;

  JobLoop(PluginHost plugins, FrameWriter out, LongSupplier nanoTime, Logger log) {
    this.plugins = plugins;
    this.out = out;
    this.nanoTime = nanoTime;
    this.log = log;
  }

  /**
   * Takes a message of the worker.
   *
   * @throws IOException when it makes no sense here
   */
  void accept(ToRunner message) throws IOException {
    switch (message.getMessageCase()) {
      case START -> begin(message.getStart());
      case STOP -> stop(message.getStop());
      case MESSAGE_NOT_SET -> throw new IOException("message without content");
    }
  }

  /**
   * Lets the handlers practise until there is a job, then runs until the thread is interrupted or
   * the worker is gone.
   */
  void run() throws InterruptedException, IOException {
    for (RunningJob job = first(); true; job = next.take()) {
      var _ = perform(job);
      heap.look();
    }
  }

  private RunningJob first() throws InterruptedException, IOException {
    RunningJob job = next.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    while (job == null && plugins.practise()) {
      job = next.poll();
    }
    return job == null ? next.take() : job;
  }

  /** Waits for a job and does it; gives what was told of its end. */
  FromRunner doNext() throws InterruptedException, IOException {
    return perform(next.take());
  }

  private void begin(StartJob start) throws IOException {
    RunningJob job = new RunningJob(start, out, nanoTime, this::later, heap);
    current = job;
    if (!next.offer(job)) {
      throw new IOException("job " + start.getJob() + " was sent to a busy runner");
    }
  }

  private void later(long nanos, Runnable task) {
    var _ = timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private void stop(StopJob stop) {
    RunningJob job = current;
    if (job != null && job.number() == stop.getJob()) {
      job.flushCheckpoint();
      job.stop(stop.getDiscard());
    }
  }

  // The edge where plugin code is called: whatever it throws is an answer, not the runner's end.
  @SuppressWarnings("CatchingUnchecked")
  private FromRunner perform(RunningJob job) throws IOException {
    FromRunner answer;
    try {
      answer = FromRunner.newBuilder().setFinished(handle(job)).build();
    } catch (Throwable failure) {
      Death.ifOutOfMemory(failure);
      switch (failure) {
        case DependencyFailure no ->
            log.info("job {} {}: {} is to blame", job.number(), job.kind(), no.dependency());
        case JobFailure no -> log.info("job {} {}: {}", job.number(), job.kind(), no.reason());
        case InterruptedException _ -> log.info("job {} {}: stopped", job.number(), job.kind());
        default -> log.warn("job {} {} failed", job.number(), job.kind(), failure);
      }
      answer = FromRunner.newBuilder().setFailed(FailureReport.of(job, failure)).build();
      job.flushCheckpoint();
    }
    job.end();
    out.write(answer);
    return answer;
  }

  private JobFinished handle(RunningJob job) throws Exception {
    job.begin();
    JobHandler handler =
        plugins
            .handler(job.kind(), job.mediaType())
            .orElseThrow(() -> new UnknownKindException(job.kind(), job.mediaType()));
    try (OpenInput input = OpenInput.of(job.request());
        ResultWriter sink = new ResultWriter(job.directory(), input.sizes())) {
      job.open(input.input());
      handler.handle(job, sink);
      return sink.finish().setJob(job.number()).build();
    }
  }
}
