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
  private final RunnerCaps caps;
  private final @Nullable RunnerTask owner;
  private final long startedNanos;
  private @Nullable RunnerProcess process;
  private State state = State.STARTING;
  private boolean replaced;
  private boolean unusable;
  private int jobs;
  private long warmBytes;
  private boolean killed;
  private long idleSinceNanos;
  private @Nullable RunnerJob job;

  /**
   * @param caps what it may take
   * @param owner the only job that it is for; null: any
   */
  Runner(
      int number, Path directory, RunnerCaps caps, @Nullable RunnerTask owner, long startedNanos) {
    this.number = number;
    this.directory = directory;
    this.caps = caps;
    this.owner = owner;
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

  /** True when any job may run here, false when it was started for one alone. */
  boolean isOrdinary() {
    return owner == null;
  }

  /** True when it was started for this job. */
  boolean isFor(RunnerTask task) {
    return task.equals(owner);
  }

  /** What it may take. */
  RunnerCaps caps() {
    return caps;
  }

  /** True when it is ready, and would take a job. */
  boolean isIdle() {
    return state == State.IDLE && !unusable;
  }

  /** True when it is ready or busy, and will take a job. */
  boolean isServing() {
    return isIdle() || (state == State.BUSY && !unusable);
  }

  /** Time since it has had nothing to do. */
  Duration idleFor(long nowNanos) {
    return state == State.IDLE ? Duration.ofNanos(nowNanos - idleSinceNanos) : Duration.ZERO;
  }

  /** Memory above what was set aside for its job, in bytes; below 0 when it keeps within. */
  long excessBytes() {
    return job == null ? 0 : residentBytes() - job.reservedBytes();
  }

  /** True when it was killed and has not ended yet. */
  boolean isKilled() {
    return killed;
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

  void ready(RunnerReady ready, long nowNanos) {
    if (state == State.STARTING && process != null) {
      state = State.IDLE;
      idleSinceNanos = nowNanos;
      process.findJvm();
      warmBytes = process.memory().map(ProcessMemory::residentBytes).orElse(ready.getMemoryBytes());
    }
  }

  /** Begins a job. */
  void begin(StartJob.Builder start, JobClocks clocks, RunnerTask task, long reservedBytes) {
    RunnerProcess running = running();
    jobs++;
    running.forgetPeak();
    long peakBefore = running.memory().map(ProcessMemory::peakBytes).orElse(0L);
    job = new RunnerJob(task, clocks, reservedBytes, running.cpuTime(), peakBefore);
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
    RunnerJob current = job;
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
        endJob(nowNanos);
        current.task().finished(message.getFinished(), usage(current));
        yield true;
      }
      case FAILED -> {
        failed(current, message.getFailed(), nowNanos);
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
    RunnerJob current = job;
    job = null;
    if (current != null) {
      current.task().crashed(report, new RunnerUsage(current.peakBytes(), 0));
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

  /** Kills it for what its job does; its end will be reported with this cause. */
  void kill(Cause cause) {
    killed = true;
    if (process != null) {
      process.kill(cause);
    }
  }

  /** Kills it although its job keeps within its means. */
  void killBlameless(Cause cause) {
    killed = true;
    if (process != null) {
      process.killBlameless(cause);
    }
  }

  /** Looks at memory and clocks, and does what they demand. */
  void watch(RunnerSettings settings, long nowNanos) {
    if (process == null || state == State.LEAVING) {
      return;
    }
    long resident = look(process);
    if (resident > caps.hard().bytes()) {
      kill(Cause.OOM_RSS);
    } else if (state == State.STARTING && age(nowNanos).compareTo(settings.readyTimeout()) > 0) {
      kill(Cause.STALL);
    } else if (job != null) {
      replaced |= resident > caps.soft().bytes();
      obey(job.clocks().verdict(nowNanos), nowNanos);
    }
  }

  private long look(RunnerProcess watched) {
    Optional<ProcessMemory> memory = watched.memory();
    if (job != null) {
      memory.ifPresent(job::saw);
    }
    return memory.map(ProcessMemory::residentBytes).orElse(0L);
  }

  private void obey(JobClocks.Verdict verdict, long nowNanos) {
    switch (verdict) {
      case WAIT -> {}
      case ASK_TO_STOP -> stop(false, nowNanos);
      case KILL_STALLED -> kill(Cause.STALL);
      case KILL_LATE -> kill(Cause.TIMEOUT);
    }
  }

  private void failed(RunnerJob ended, JobFailed failed, long nowNanos) {
    endJob(nowNanos);
    unusable |= failed.getRecycle();
    replaced |= failed.getRecycle();
    ended.task().failed(failed, ended.clocks().late(), running().logTail(), usage(ended));
  }

  private void endJob(long nowNanos) {
    job = null;
    state = State.IDLE;
    idleSinceNanos = nowNanos;
  }

  private RunnerUsage usage(RunnerJob ended) {
    running().memory().ifPresent(ended::saw);
    return ended.usage(running().cpuTime());
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
