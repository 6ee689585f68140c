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
import java.util.concurrent.CompletableFuture;

/** One runner for trials. Used by one thread. */
final class TrialRunner implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final RunnerNeeds NEEDS = RunnerNeeds.ordinary(0);

  private final EventLoop loop = new EventLoop();
  private final RunnerLauncher launcher;
  private final RunnerPool pool;
  private final Duration timeout;
  private CompletableFuture<Boolean> ready = new CompletableFuture<>();

  /**
   * @param timeout time for a job, and longest time without a sign of life
   */
  TrialRunner(RunnerSettings settings, Sandbox sandbox, Path aot, Duration timeout)
      throws IOException {
    this.timeout = timeout;
    launcher = new RunnerLauncher(settings, sandbox, aot, loop);
    CompletableFuture<Boolean> first = ready;
    pool =
        new RunnerPool(
            settings,
            new PoolSettings(1, 1, WorkPlace.memory(1), PoolSettings.DEFAULT_IDLE_TIME),
            launcher,
            System::nanoTime,
            new RunnerPool.Listener() {
              @Override
              public void changed() {
                if (pool().size() > 0) {
                  first.complete(true);
                }
              }

              @Override
              public void unstartable(CrashReport report) {
                first.completeExceptionally(
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
   * Runs a job and waits for its end.
   *
   * @param start without directory and deadline
   * @throws TrialException when it does not succeed
   */
  JobFinished run(StartJob.Builder start, JobDirectory directory)
      throws TrialException, InterruptedException {
    CompletableFuture<JobFinished> end = new CompletableFuture<>();
    await(ready);
    loop.execute(() -> begin(start, directory, end));
    return await(end);
  }

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

  private void begin(
      StartJob.Builder start, JobDirectory directory, CompletableFuture<JobFinished> end) {
    try {
      Task task = new Task(directory, end);
      directory.moveInto(pool.place(task, NEEDS, 1).orElseThrow());
      start.setDirectory(directory.path().toString()).setDeadlineMillis(timeout.toMillis());
      pool.begin(start, timeout, task, NEEDS);
    } catch (IOException e) {
      end.completeExceptionally(e);
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

  private record Task(JobDirectory directory, CompletableFuture<JobFinished> end)
      implements RunnerTask {
    @Override
    public void progressed(int percent, String activity) {}

    @Override
    public void finished(JobFinished finished, RunnerUsage usage) {
      try {
        directory.moveHome();
        end.complete(finished);
      } catch (IOException e) {
        end.completeExceptionally(e);
      }
    }

    @Override
    public void failed(JobFailed failed, boolean late, String logTail, RunnerUsage usage) {
      end.completeExceptionally(new TrialException(failed.getFailure(), logTail));
    }

    @Override
    public void crashed(CrashReport report, RunnerUsage usage) {
      String message = report.sentence() + " (" + report.cause() + ")";
      end.completeExceptionally(new TrialException(failure(message), report.logTail()));
    }
  }
}
