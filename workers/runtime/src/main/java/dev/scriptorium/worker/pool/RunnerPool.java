package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.v1.Capability;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.StartJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps runners ready. It begins with the least number and grows to the most as work comes and
 * memory allows; a runner that has served long enough is replaced, and serves until its successor
 * is ready. Confined to one loop: every method is called there, and so is the listener.
 */
public final class RunnerPool {
  private static final Logger LOG = LoggerFactory.getLogger(RunnerPool.class);
  private static final int START_FAILURES = 3;

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
  private final LongSupplier nanoTime;
  private final Listener listener;
  private final Roster roster = new Roster();
  private final PoolSize size;
  private final MemoryGuard memory;
  private final Upkeep upkeep;
  private final StartBackoff backoff;
  private List<Capability> capabilities = List.of();
  private int started;
  private long recycled;
  private boolean closed;

  /**
   * @param nanoTime a monotonic clock
   */
  public RunnerPool(
      RunnerSettings settings,
      PoolSettings counts,
      RunnerLauncher launcher,
      LongSupplier nanoTime,
      Listener listener) {
    this(
        settings,
        counts,
        new MemoryGuard(counts.budget(), MachineMemory::used, ProcessMemory::ofThisProcess),
        launcher,
        nanoTime,
        listener);
  }

  RunnerPool(
      RunnerSettings settings,
      PoolSettings counts,
      MemoryGuard memory,
      RunnerLauncher launcher,
      LongSupplier nanoTime,
      Listener listener) {
    this.settings = settings;
    this.memory = memory;
    this.launcher = launcher;
    this.nanoTime = nanoTime;
    this.listener = listener;
    recycling = new RecyclePolicy(settings.recycleAfter(), settings.ceiling());
    size = new PoolSize(counts.least(), counts.most(), counts.spare());
    upkeep = new Upkeep(roster, size, memory, counts.idleTime());
    backoff = new StartBackoff(nanoTime.getAsLong());
  }

  /** Starts the first runners. */
  public void open() {
    memory.look(0);
    reconcile();
  }

  /** What the runners can do; empty until the first is ready. */
  public List<Capability> capabilities() {
    return capabilities;
  }

  /**
   * Jobs that could begin now, or once the pool has grown for them; {@code waiting} ones taken off.
   * A runner that is starting in another's place counts when it is ready: until then the job is
   * better off with any worker whose runner is.
   */
  public int freeSlots(int waiting) {
    boolean fixed = backoff.failures() > 0 || !memory.mayGrow();
    int growth = fixed ? 0 : Math.max(0, size.most() - roster.staying());
    int capacity = Math.min(size.most(), roster.serving() + growth);
    int unprovided = Math.max(0, waiting - roster.starting());
    return closed ? 0 : Math.max(0, capacity - busy() - unprovided);
  }

  /** Runners that are ready or busy. */
  public int size() {
    return roster.count(Runner.State.IDLE) + busy();
  }

  /** Runners with a job. */
  public int busy() {
    return roster.count(Runner.State.BUSY);
  }

  /** Runners that are not ready yet. */
  public int starting() {
    return roster.count(Runner.State.STARTING);
  }

  /** Runners that were replaced so far. */
  public long recycled() {
    return recycled;
  }

  /** Resident memory of all runners, in bytes. */
  public long residentBytes() {
    return roster.residentBytes();
  }

  /**
   * The folder of a runner for a job, if one is ready for it; else one is started where memory
   * allows: of its own for a job that needs it, else as the pool grows towards its largest size.
   *
   * @param waiting jobs that wait for a runner, at least 1
   */
  public Optional<Path> place(RunnerTask task, RunnerNeeds needs, int waiting) {
    if (needs.own().isPresent()) {
      return ownRunner(task, needs).map(Runner::directory);
    }
    Optional<Runner> idle = roster.idle();
    if (idle.isEmpty() && memory.mayGrow()) {
      size.grow(busy() + waiting);
      reconcile();
    }
    return idle.map(Runner::directory);
  }

  private Optional<Runner> ownRunner(RunnerTask task, RunnerNeeds needs) {
    Optional<Runner> own = roster.startedFor(task);
    long now = nanoTime.getAsLong();
    if (own.isEmpty() && !closed && backoff.allows(now)) {
      if (memory.roomFor(upkeep.warmBytes())) {
        start(needs.own().orElseThrow(), task, now);
      } else {
        upkeep.makeRoom(now);
      }
    }
    return own.filter(Runner::isIdle);
  }

  /**
   * Begins a job on the runner that {@link #place} has just named.
   *
   * @param start without the job's number
   * @param stall longest time without a sign of life
   */
  public void begin(StartJob.Builder start, Duration stall, RunnerTask task, RunnerNeeds needs) {
    Runner runner =
        (needs.own().isPresent() ? roster.startedFor(task) : roster.idle())
            .orElseThrow(() -> new IllegalStateException("no runner is idle"));
    JobClocks clocks =
        new JobClocks(
            Duration.ofMillis(start.getDeadlineMillis()),
            stall,
            settings.stopGrace(),
            nanoTime.getAsLong());
    runner.begin(start, clocks, task, needs.reservedBytes());
  }

  /** Stops a job of which nothing is wanted; its end is reported all the same. */
  public void cancel(RunnerTask task) {
    Optional<Runner> runner = roster.doing(task);
    runner.ifPresent(r -> r.stop(true, nanoTime.getAsLong()));
    if (runner.isEmpty()) {
      roster.startedFor(task).ifPresent(Runner::dismiss);
    }
  }

  /** Looks after everything; to be called several times a second. */
  public void tick() {
    long now = nanoTime.getAsLong();
    roster.all().forEach(runner -> runner.watch(settings, now));
    memory.look(roster.residentBytes());
    if (!closed) {
      upkeep.tick(now);
    }
    reconcile();
  }

  /** Lets every runner go: busy ones are killed. */
  public void close() {
    closed = true;
    for (Runner runner : roster.all()) {
      if (runner.state() == Runner.State.BUSY) {
        runner.kill(Cause.SIGNAL);
      } else {
        runner.dismiss();
      }
    }
  }

  /** True when no runner is left. */
  public boolean isEmpty() {
    return roster.isEmpty();
  }

  private void reconcile() {
    if (closed) {
      return;
    }
    long now = nanoTime.getAsLong();
    int missing = size.target() - roster.staying();
    for (; missing > 0 && backoff.allows(now) && upkeep.maySpare(); missing--) {
      start(settings.caps(), null, now);
    }
    if (upkeep.wantsSpare() && backoff.allows(now)) {
      start(settings.caps(), null, now);
    }
    upkeep.retire(now);
  }

  private void start(RunnerCaps caps, @Nullable RunnerTask owner, long now) {
    started++;
    Path directory = settings.directory().resolve("runner-" + started);
    Runner runner = new Runner(started, directory, caps, owner, now);
    roster.add(runner);
    launcher.launch(
        directory,
        caps,
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
      runner.ready(message.getReady(), nanoTime.getAsLong());
      // It has taken its memory since the last look.
      memory.look(roster.residentBytes());
      capabilities = message.getReady().getCapabilitiesList();
      backoff.succeeded();
      LOG.info(
          "runner {} is ready after {} ms with {} of {}",
          runner.number(),
          runner.age(nanoTime.getAsLong()).toMillis(),
          new ByteSize(runner.warmBytes()),
          runner.caps().hard());
      reconcile();
      listener.changed();
    } else if (runner.said(message, nanoTime.getAsLong())) {
      judge(runner);
      reconcile();
      listener.changed();
    }
  }

  private void judge(Runner runner) {
    if (!runner.isOrdinary()) {
      runner.dismiss();
    } else if (!runner.replaced()) {
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
    roster.remove(runner);
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
    backoff.failed(nanoTime.getAsLong());
    launcher.distrustCache();
    if (backoff.failures() >= START_FAILURES && capabilities.isEmpty()) {
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
}
