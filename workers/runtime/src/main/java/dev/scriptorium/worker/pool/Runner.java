package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.JobFailed;
import dev.scriptorium.worker.v1.JobProgress;
import dev.scriptorium.worker.v1.RunnerReady;
import dev.scriptorium.worker.v1.StartJob;
import dev.scriptorium.worker.v1.StopJob;
import dev.scriptorium.worker.v1.ToRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One runner of the pool, with the job it does. Confined to the pool's loop. */
final class Runner {
  /** Where a runner stands in its life. */
  enum State {
    /** Its plugins are being warmed. */
    STARTING,
    /** Takes a job. */
    IDLE,
    /** Has a job. */
    BUSY,
    /** Was dismissed or killed, and has not ended yet. */
    LEAVING
  }

  private final int number;
  private final Path directory;
  private final long startedNanos;
  private @Nullable RunnerProcess process;
  private State state = State.STARTING;
  private boolean replaced;
  private boolean unusable;
  private int jobs;
  private long warmBytes;
  private @Nullable Job job;

  private record Job(RunnerTask task, JobClocks clocks, Duration cpuBefore, Peak peak) {}

  /** Most memory seen during one job. */
  private static final class Peak {
    private final long before;
    private long bytes;

    Peak(long before) {
      this.before = before;
    }

    void saw(ProcessMemory memory) {
      // The kernel's own peak counts when it was reached during the job.
      long seen = memory.peakBytes() > before ? memory.peakBytes() : memory.residentBytes();
      bytes = Math.max(bytes, seen);
    }
  }

  Runner(int number, Path directory, long startedNanos) {
    this.number = number;
    this.directory = directory;
    this.startedNanos = startedNanos;
  }

  /** Number of the runner within its worker, from 1. */
  int number() {
    return number;
  }

  /** The runner's own folder. */
  Path directory() {
    return directory;
  }

  State state() {
    return state;
  }

  /** True when it is to be replaced; it may serve until its successor is ready. */
  boolean replaced() {
    return replaced;
  }

  /** True when it takes no further job. */
  boolean unusable() {
    return unusable;
  }

  int jobs() {
    return jobs;
  }

  long warmBytes() {
    return warmBytes;
  }

  /** Resident memory when it was last looked at; 0 before the process exists. */
  long residentBytes() {
    return process == null ? 0 : process.residentBytes();
  }

  /** Whole time since it was started. */
  Duration age(long nowNanos) {
    return Duration.ofNanos(nowNanos - startedNanos);
  }

  void attach(RunnerProcess started) {
    process = started;
    if (state == State.LEAVING) {
      started.dismiss();
    }
  }

  void ready(RunnerReady ready) {
    if (state == State.STARTING && process != null) {
      state = State.IDLE;
      process.findJvm();
      warmBytes = process.memory().map(ProcessMemory::residentBytes).orElse(ready.getMemoryBytes());
    }
  }

  /** Begins a job. */
  void begin(StartJob.Builder start, JobClocks clocks, RunnerTask task) {
    RunnerProcess running = running();
    jobs++;
    long peakBefore = running.memory().map(ProcessMemory::peakBytes).orElse(0L);
    job = new Job(task, clocks, running.cpuTime(), new Peak(peakBefore));
    state = State.BUSY;
    running.tell(ToRunner.newBuilder().setStart(start.setJob(jobs)).build());
  }

  /** True when it does this job. */
  boolean does(RunnerTask task) {
    return job != null && job.task().equals(task);
  }

  /** Tells the job to stop. */
  void stop(boolean discard, long nowNanos) {
    if (job != null) {
      job.clocks().stopped(discard, nowNanos);
      running()
          .tell(
              ToRunner.newBuilder()
                  .setStop(StopJob.newBuilder().setJob(jobs).setDiscard(discard))
                  .build());
    }
  }

  /** Takes what the process says about its job; true when the job has ended with it. */
  boolean said(FromRunner message, long nowNanos) {
    Job current = job;
    if (current == null || jobs != number(message)) {
      return false;
    }
    return switch (message.getMessageCase()) {
      case PROGRESS -> {
        JobProgress progress = message.getProgress();
        current.clocks().sign(nowNanos);
        current.task().progressed(progress.getPercent(), progress.getActivity());
        yield false;
      }
      case FINISHED -> {
        endJob();
        current.task().finished(message.getFinished(), usage(current));
        yield true;
      }
      case FAILED -> {
        failed(current, message.getFailed());
        yield true;
      }
      case CHECKPOINT -> {
        current.task().saved(message.getCheckpoint().getState());
        yield false;
      }
      case READY, MESSAGE_NOT_SET -> false;
    };
  }

  /** Takes note that the process has ended. */
  void ended(CrashReport report) {
    state = State.LEAVING;
    Job current = job;
    job = null;
    if (current != null) {
      current.task().crashed(report, new RunnerUsage(current.peak().bytes, 0));
    }
  }

  /** Marks it for replacement. */
  void replace() {
    replaced = true;
  }

  /** Lets it go; it must have no job. */
  void dismiss() {
    state = State.LEAVING;
    if (process != null) {
      process.dismiss();
    }
  }

  /** Kills it; its end will be reported with this cause. */
  void kill(Cause cause) {
    if (process != null) {
      process.kill(cause);
    }
  }

  /** Looks at memory and clocks, and does what they demand. */
  void watch(RunnerSettings settings, long nowNanos) {
    if (process == null || state == State.LEAVING) {
      return;
    }
    Optional<ProcessMemory> memory = process.memory();
    memory.ifPresent(this::saw);
    if (memory.isPresent() && memory.get().residentBytes() > settings.cap().bytes()) {
      process.kill(Cause.OOM_RSS);
    } else if (state == State.STARTING && age(nowNanos).compareTo(settings.readyTimeout()) > 0) {
      process.kill(Cause.STALL);
    } else if (job != null) {
      obey(job.clocks().verdict(nowNanos), nowNanos);
    }
  }

  private void saw(ProcessMemory memory) {
    if (job != null) {
      job.peak().saw(memory);
    }
  }

  private void obey(JobClocks.Verdict verdict, long nowNanos) {
    switch (verdict) {
      case WAIT -> {}
      case ASK_TO_STOP -> stop(false, nowNanos);
      case KILL_STALLED -> kill(Cause.STALL);
      case KILL_LATE -> kill(Cause.TIMEOUT);
    }
  }

  private void failed(Job ended, JobFailed failed) {
    endJob();
    unusable |= failed.getRecycle();
    replaced |= failed.getRecycle();
    ended.task().failed(failed, ended.clocks().late(), running().logTail(), usage(ended));
  }

  private void endJob() {
    job = null;
    state = State.IDLE;
  }

  private RunnerUsage usage(Job ended) {
    running().memory().ifPresent(ended.peak()::saw);
    long cpuMillis = running().cpuTime().minus(ended.cpuBefore()).toMillis();
    return new RunnerUsage(ended.peak().bytes, Math.max(0, cpuMillis));
  }

  private RunnerProcess running() {
    if (process == null) {
      throw new IllegalStateException("runner " + number + " has no process yet");
    }
    return process;
  }

  private static long number(FromRunner message) {
    return switch (message.getMessageCase()) {
      case PROGRESS -> message.getProgress().getJob();
      case FINISHED -> message.getFinished().getJob();
      case FAILED -> message.getFailed().getJob();
      case CHECKPOINT -> message.getCheckpoint().getJob();
      case READY, MESSAGE_NOT_SET -> 0;
    };
  }
}
