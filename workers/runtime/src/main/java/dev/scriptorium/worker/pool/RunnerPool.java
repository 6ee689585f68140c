package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.v1.Capability;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.StartJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps runners ready. It begins with the least number and grows to the most as work comes; a
 * runner that has served long enough is replaced, and serves until its successor is ready. Confined
 * to one loop: every method is called there, and so is the listener.
 */
public final class RunnerPool {
  private static final Logger LOG = LoggerFactory.getLogger(RunnerPool.class);
  private static final int START_FAILURES = 3;
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Hears of the pool's changes. */
  public interface Listener {
    /** The number of runners that could take a job may have changed. */
    void changed();

    /** No runner has become ready, several times over, since the pool was made. */
    void unstartable(CrashReport report);
  }

  private final RunnerSettings settings;
  private final RunnerLauncher launcher;
  private final RecyclePolicy recycling;
  private final int most;
  private final LongSupplier nanoTime;
  private final Listener listener;
  private final List<Runner> runners = new ArrayList<>();
  private List<Capability> capabilities = List.of();
  private int target;
  private int started;
  private long recycled;
  private int startFailures;
  private long noStartBeforeNanos;
  private boolean closed;

  /**
   * @param least runners to begin with, at least 1
   * @param most runners to have at most, successors not counted
   * @param nanoTime a monotonic clock
   */
  public RunnerPool(
      RunnerSettings settings,
      RunnerLauncher launcher,
      int least,
      int most,
      LongSupplier nanoTime,
      Listener listener) {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException("runners " + least + ".." + most);
    }
    this.settings = settings;
    this.launcher = launcher;
    recycling = new RecyclePolicy(settings.recycleAfter(), settings.ceiling());
    target = least;
    this.most = most;
    this.nanoTime = nanoTime;
    this.listener = listener;
    noStartBeforeNanos = nanoTime.getAsLong();
  }

  /** Starts the first runners. */
  public void open() {
    reconcile();
  }

  /** What the runners can do; empty until the first is ready. */
  public List<Capability> capabilities() {
    return capabilities;
  }

  /** Jobs that could begin now or after a runner has started, {@code waiting} ones taken off. */
  public int freeSlots(int waiting) {
    int capacity = startFailures > 0 ? count(Runner.State.IDLE) + busy() : most;
    return closed ? 0 : Math.max(0, capacity - busy() - waiting);
  }

  /** Runners that are ready or busy. */
  public int size() {
    return count(Runner.State.IDLE) + busy();
  }

  /** Runners with a job. */
  public int busy() {
    return count(Runner.State.BUSY);
  }

  /** Runners that are not ready yet. */
  public int starting() {
    return count(Runner.State.STARTING);
  }

  /** Runners that were replaced so far. */
  public long recycled() {
    return recycled;
  }

  /** Resident memory of all runners, in bytes. */
  public long residentBytes() {
    return runners.stream().mapToLong(Runner::residentBytes).sum();
  }

  /**
   * A runner for a job, if one is idle; else the pool grows towards its largest size.
   *
   * @param waiting jobs that wait for a runner, at least 1
   */
  public Optional<Path> idleDirectory(int waiting) {
    Optional<Runner> idle = idle();
    if (idle.isEmpty() && target < most) {
      target = Math.min(most, Math.max(target, busy() + waiting));
      reconcile();
    }
    return idle.map(Runner::directory);
  }

  /**
   * Begins a job on the runner that {@link #idleDirectory} has just named.
   *
   * @param start without the job's number
   * @param stall longest time without a sign of life
   */
  public void begin(StartJob.Builder start, Duration stall, RunnerTask task) {
    Runner runner = idle().orElseThrow(() -> new IllegalStateException("no runner is idle"));
    JobClocks clocks =
        new JobClocks(
            Duration.ofMillis(start.getDeadlineMillis()),
            stall,
            settings.stopGrace(),
            nanoTime.getAsLong());
    runner.begin(start, clocks, task);
  }

  /** Stops a job of which nothing is wanted; its end is reported all the same. */
  public void cancel(RunnerTask task) {
    for (Runner runner : runners) {
      if (runner.does(task)) {
        runner.stop(true, nanoTime.getAsLong());
      }
    }
  }

  /** Looks after everything; to be called several times a second. */
  public void tick() {
    long now = nanoTime.getAsLong();
    for (Runner runner : runners) {
      runner.watch(settings, now);
    }
    reconcile();
  }

  /** Lets every runner go: busy ones are killed. */
  public void close() {
    closed = true;
    for (Runner runner : runners) {
      if (runner.state() == Runner.State.BUSY) {
        runner.kill(Cause.SIGNAL);
      } else {
        runner.dismiss();
      }
    }
  }

  /** True when no runner is left. */
  public boolean isEmpty() {
    return runners.isEmpty();
  }

  private void reconcile() {
    if (closed) {
      return;
    }
    long now = nanoTime.getAsLong();
    long wanted = target - runners.stream().filter(RunnerPool::stays).count();
    if (now - noStartBeforeNanos >= 0) {
      for (; wanted > 0; wanted--) {
        start(now);
      }
    }
    retireReplaced();
  }

  /** The replaced leave once as many as wanted are ready without them. */
  private void retireReplaced() {
    long ready = runners.stream().filter(r -> isReady(r) && !r.unusable()).count();
    for (Runner runner : List.copyOf(runners)) {
      boolean idle = runner.state() == Runner.State.IDLE;
      if (idle && runner.unusable()) {
        runner.dismiss();
      } else if (idle && runner.replaced() && ready > target) {
        LOG.info("runner {} leaves after {} jobs", runner.number(), runner.jobs());
        runner.dismiss();
        ready--;
      }
    }
  }

  private void start(long now) {
    started++;
    Runner runner = new Runner(started, settings.directory().resolve("runner-" + started), now);
    runners.add(runner);
    launcher.launch(
        runner.directory(),
        new RunnerLauncher.Listener() {
          @Override
          public void started(RunnerProcess process) {
            runner.attach(process);
          }

          @Override
          public void said(FromRunner message) {
            RunnerPool.this.said(runner, message);
          }

          @Override
          public void ended(CrashReport report) {
            RunnerPool.this.ended(runner, report);
          }
        });
  }

  private void said(Runner runner, FromRunner message) {
    if (message.hasReady()) {
      runner.ready(message.getReady());
      capabilities = message.getReady().getCapabilitiesList();
      startFailures = 0;
      LOG.info(
          "runner {} is ready after {} ms with {}",
          runner.number(),
          runner.age(nanoTime.getAsLong()).toMillis(),
          new ByteSize(runner.warmBytes()));
      reconcile();
      listener.changed();
    } else if (runner.said(message, nanoTime.getAsLong())) {
      judge(runner);
      reconcile();
      listener.changed();
    }
  }

  private void judge(Runner runner) {
    if (!runner.replaced()) {
      recycling
          .reason(runner.jobs(), runner.residentBytes(), runner.warmBytes())
          .ifPresent(
              reason -> {
                LOG.info("runner {} will be replaced: {}", runner.number(), reason);
                runner.replace();
              });
    }
  }

  private void ended(Runner runner, CrashReport report) {
    boolean wasStarting = runner.state() == Runner.State.STARTING;
    boolean expected = runner.state() == Runner.State.LEAVING;
    runners.remove(runner);
    recycled += runner.replaced() ? 1 : 0;
    runner.ended(report);
    if (!expected) {
      LOG.warn(
          "runner {} ended: {}, exit code {}{}",
          runner.number(),
          report.cause(),
          report.exitCode(),
          report.logTail().isBlank() ? "" : "; its log ends with:\n" + report.logTail());
    }
    if (wasStarting) {
      startFailed(report);
    }
    delete(runner.directory());
    reconcile();
    listener.changed();
  }

  private void startFailed(CrashReport report) {
    startFailures++;
    launcher.distrustCache();
    long wait = FIRST_WAIT.toNanos() << Math.min(startFailures - 1, 10);
    noStartBeforeNanos = nanoTime.getAsLong() + Math.min(wait, LONGEST_WAIT.toNanos());
    if (startFailures >= START_FAILURES && capabilities.isEmpty()) {
      listener.unstartable(report);
    }
  }

  private static void delete(Path directory) {
    try {
      FileTree.delete(directory);
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", directory, e.toString());
    }
  }

  private Optional<Runner> idle() {
    return runners.stream()
        .filter(runner -> runner.state() == Runner.State.IDLE && !runner.unusable())
        // A replaced one last: it may then leave the sooner.
        .min(Comparator.comparing(Runner::replaced));
  }

  private int count(Runner.State state) {
    return (int) runners.stream().filter(runner -> runner.state() == state).count();
  }

  private static boolean isReady(Runner runner) {
    return runner.state() == Runner.State.IDLE || runner.state() == Runner.State.BUSY;
  }

  private static boolean stays(Runner runner) {
    return runner.state() != Runner.State.LEAVING && !runner.replaced();
  }
}
