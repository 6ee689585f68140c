package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts runner processes, all from one thread that lives as long as this object: the kernel kills
 * a runner when the thread that started it ends, and so none outlives a worker that was killed.
 */
public final class RunnerLauncher implements AutoCloseable {
  /** Hears a runner, on the loop. */
  interface Listener extends RunnerProcess.Listener {
    /** The process exists; comes first. When it cannot be started only {@link #ended} comes. */
    void started(RunnerProcess process);
  }

  private final RunnerCommand command;
  private final Executor loop;
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("runner-starter").factory());

  /**
   * @param cache where the AOT cache lies once it is made
   * @param loop runs the listeners
   */
  public RunnerLauncher(RunnerSettings settings, Sandbox sandbox, Path cache, Executor loop) {
    command = new RunnerCommand(settings, sandbox, new AotCache(cache));
    this.loop = loop;
  }

  /** Starts a runner in a new folder of its own. */
  void launch(Path directory, Listener listener) {
    starter.execute(() -> start(directory, listener));
  }

  /** Ends the starting thread, and with it every runner that is still there. */
  @Override
  public void close() {
    starter.shutdownNow();
  }

  private void start(Path directory, Listener listener) {
    try {
      FileTree.delete(directory);
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Process process = command.start(directory);
      // In this order on the loop: the process, then what it says.
      loop.execute(
          () -> listener.started(RunnerProcess.attend(process, directory, loop, listener)));
    } catch (IOException e) {
      CrashReport report = new CrashReport(Cause.EXIT, -1, "cannot start: " + e.getMessage(), 0);
      loop.execute(() -> listener.ended(report));
    }
  }
}
