package dev.scriptorium.worker.trial;

import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.files.JobDirectory;
import dev.scriptorium.worker.files.WorkPlace;
import dev.scriptorium.worker.pool.CrashReport;
import dev.scriptorium.worker.pool.EventLoop;
import dev.scriptorium.worker.pool.PoolSettings;
import dev.scriptorium.worker.pool.RunnerLauncher;
import dev.scriptorium.worker.pool.RunnerNeeds;
import dev.scriptorium.worker.pool.RunnerPool;
import dev.scriptorium.worker.pool.RunnerSettings;
import dev.scriptorium.worker.pool.RunnerTask;
import dev.scriptorium.worker.pool.RunnerUsage;
import dev.scriptorium.worker.pool.Sandbox;
import dev.scriptorium.worker.v1.JobFailed;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.StartJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One runner for trials. Used by one thread. */
final class TrialRunner implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final RunnerNeeds NEEDS = RunnerNeeds.ordinary(0);

  private final EventLoop loop = new EventLoop();
  private final RunnerLauncher launcher;
  private final RunnerPool pool;
  private final Duration timeout;

  /** Completes with the milliseconds that the first runner took to be ready. */
  private final CompletableFuture<Long> ready = new CompletableFuture<>();

  // Confined to the loop: the job that waits for a runner, after one has died.
  private @Nullable Runnable waiting;

  /**
   * @param aot folder of AOT caches
   * @param train make a cache first when none fits
   * @param timeout time for a job, and longest time without a sign of life
   */
  TrialRunner(RunnerSettings settings, Sandbox sandbox, Path aot, boolean train, Duration timeout)
      throws IOException {
    this.timeout = timeout;
    launcher = new RunnerLauncher(settings, sandbox, aot, loop);
    if (train) {
      // Without a cache everything works the same.
      boolean _ = launcher.train().join();
    }
    long begun = System.nanoTime();
    pool =
        new RunnerPool(
            settings,
            new PoolSettings(1, 1, 0, WorkPlace.memory(1), PoolSettings.DEFAULT_IDLE_TIME),
            launcher,
            System::nanoTime,
            new RunnerPool.Listener() {
              @Override
              public void changed() {
                if (pool().size() > 0) {
                  ready.complete((System.nanoTime() - begun) / 1_000_000);
                  resume();
                }
              }

              @Override
              public void unstartable(CrashReport report) {
                ready.completeExceptionally(
                    new TrialException(failure(report.sentence()), report.logTail()));
              }
            });
    loop.execute(pool::open);
    loop.every(TICK, pool::tick);
  }

  private RunnerPool pool() {
    return pool;
  }

  /**
   * Runs a job and waits for its end. After a job that has ended its runner the next one waits for
   * the successor.
   *
   * @param start without directory and deadline
   * @throws TrialException when it does not succeed
   */
  End run(StartJob.Builder start, JobDirectory directory)
      throws TrialException, InterruptedException {
    long readyMillis = await(ready);
    Task task = new Task(directory, readyMillis, System.nanoTime(), new CompletableFuture<>());
    loop.execute(() -> begin(start, task));
    return await(task.end());
  }

  /** How a job ended well. */
  record End(JobFinished finished, TrialStats stats) {}

  @Override
  public void close() {
    CompletableFuture<Boolean> empty = new CompletableFuture<>();
    loop.execute(pool::close);
    loop.every(
        Duration.ofMillis(20),
        () -> {
          if (pool.isEmpty()) {
            empty.complete(true);
          }
        });
    // Whatever is still there then is killed with the launcher.
    boolean _ =
        empty
            .completeOnTimeout(
                false, FAREWELL.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
            .join();
    launcher.close();
    loop.close();
  }

  private void begin(StartJob.Builder start, Task task) {
    Optional<Path> place = pool.place(task, NEEDS, 1);
    if (place.isEmpty()) {
      waiting = () -> begin(start, task);
      return;
    }
    try {
      task.directory().moveInto(place.get());
      start.setDirectory(task.directory().path().toString());
      start.setDeadlineMillis(timeout.toMillis());
      Task begun = new Task(task.directory(), task.readyMillis(), System.nanoTime(), task.end());
      pool.begin(start, timeout, begun, NEEDS);
    } catch (IOException e) {
      task.end().completeExceptionally(e);
    }
  }

  private void resume() {
    Runnable next = waiting;
    waiting = null;
    if (next != null) {
      next.run();
    }
  }

  private static <T> T await(CompletableFuture<T> future)
      throws TrialException, InterruptedException {
    try {
      return future.get();
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof TrialException expected) {
        throw expected;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Failure failure(String message) {
    return Failure.newBuilder()
        .setReason(ErrorReason.ERROR_REASON_RUNNER_CRASHED)
        .setMessage(message)
        .build();
  }

  /** A job in a runner. */
  private record Task(
      JobDirectory directory, long readyMillis, long beganNanos, CompletableFuture<End> end)
      implements RunnerTask {
    @Override
    public void progressed(int percent, String activity) {}

    @Override
    public void finished(JobFinished finished, RunnerUsage usage) {
      try {
        directory.moveHome();
        end.complete(
            new End(
                finished,
                new TrialStats(
                    readyMillis,
                    (System.nanoTime() - beganNanos) / 1_000_000,
                    usage.cpuMillis(),
                    finished.getResultBytes(),
                    finished.getPackBytes(),
                    usage.peakBytes())));
      } catch (IOException e) {
        end.completeExceptionally(e);
      }
    }

    @Override
    public void failed(JobFailed failed, boolean late, String logTail, RunnerUsage usage) {
      try {
        // The next job needs the place.
        directory.vacate();
        end.completeExceptionally(new TrialException(failed.getFailure(), logTail));
      } catch (IOException e) {
        end.completeExceptionally(e);
      }
    }

    @Override
    public void crashed(CrashReport report, RunnerUsage usage) {
      String message = report.sentence() + " (" + report.cause() + ")";
      end.completeExceptionally(new TrialException(failure(message), report.logTail()));
    }
  }
}
