package dev.scriptorium.worker.pool;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns some state: what belongs to it needs no locks. Nothing on it may block.
 * Tasks handed over after {@link #close} are dropped.
 */
public final class EventLoop implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("loop").factory(),
          (task, full) -> LOG.debug("dropped a task after the end"));

  /** Starts the thread. */
  public EventLoop() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(guarded(task));
  }

  /** Runs a task once, later. */
  public void after(Duration delay, Runnable task) {
    var _ = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs a task again and again, this long after its last end. */
  public void every(Duration interval, Runnable task) {
    var _ =
        executor.scheduleWithFixedDelay(
            guarded(task), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    executor.shutdown();
  }

  // An edge: a defect in one task must not end the loop, for every job hangs on it.
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("a task failed", e);
      }
    };
  }
}
