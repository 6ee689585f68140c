package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(RunnerLauncher.class);
  private static final long TRAINING_SECONDS = 120;

  private final RunnerCommand command;
  private final AotCache cache;
  private final Path training;
  private final Executor loop;
  private final CompletableFuture<Boolean> trained = new CompletableFuture<>();
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("runner-starter").factory());

  /**
   * @param caches folder of AOT caches; one that fits is used
   * @param loop runs the listeners
   * @throws IOException when the class path cannot be read
   */
  public RunnerLauncher(RunnerSettings settings, Sandbox sandbox, Path caches, Executor loop)
      throws IOException {
    cache = AotCache.of(caches, settings);
    command = new RunnerCommand(settings, sandbox, cache);
    training = settings.directory().resolve("training");
    this.loop = loop;
  }

  /**
   * Makes the AOT cache if there is none: a run of some ten seconds of processor time, of lowest
   * priority. It may fail without harm.
   *
   * @return completes with true when there is a cache, with false when none can be made
   */
  public CompletableFuture<Boolean> train() {
    if (!cache.wanted()) {
      return CompletableFuture.completedFuture(cache.file().isPresent());
    }
    return CompletableFuture.runAsync(this::startTraining, starter).thenCompose(nothing -> trained);
  }

  /** Drops the AOT cache: runners did not start. */
  void distrustCache() {
    try {
      cache.distrust();
    } catch (IOException e) {
      LOG.warn("cannot delete the AOT cache: {}", e.toString());
    }
  }

  /** Starts a runner in a new folder of its own. */
  void launch(Path directory, RunnerCaps caps, Listener listener) {
    starter.execute(() -> start(directory, caps, listener));
  }

  /** Ends the starting thread, and with it every runner that is still there. */
  @Override
  public void close() {
    starter.shutdownNow();
  }

  private void startTraining() {
    try {
      createEmpty(training);
      Process process = command.startTraining(training);
      LogTail log = new LogTail();
      Thread.ofVirtual().start(() -> awaitTraining(process, log));
      Thread.ofPlatform().daemon().name("training-log").start(() -> drain(process, log));
    } catch (IOException e) {
      LOG.warn("no AOT cache: {}", e.toString());
      trained.complete(false);
    }
  }

  private void awaitTraining(Process process, LogTail log) {
    try {
      boolean ended = process.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS);
      if (ended && process.exitValue() == 0 && Files.exists(cache.draft())) {
        cache.publish();
        LOG.info("the AOT cache is made: runners start faster from now on");
      } else {
        process.destroyForcibly();
        Files.deleteIfExists(cache.draft());
        LOG.warn("no AOT cache: {}", log.text());
      }
      FileTree.delete(training);
    } catch (IOException e) {
      LOG.warn("no AOT cache: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      trained.complete(cache.file().isPresent());
    }
  }

  private static void drain(Process process, LogTail log) {
    try {
      log.drain(process.getErrorStream());
    } catch (IOException e) {
      LOG.debug("log of the training: {}", e.toString());
    }
  }

  private static void createEmpty(Path directory) throws IOException {
    FileTree.delete(directory);
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private void start(Path directory, RunnerCaps caps, Listener listener) {
    try {
      createEmpty(directory);
      Process process = command.start(directory, caps);
      // In this order on the loop: the process, then what it says.
      loop.execute(
          () -> listener.started(RunnerProcess.attend(process, directory, loop, listener)));
    } catch (IOException e) {
      CrashReport report =
          new CrashReport(Cause.EXIT, true, -1, "cannot start: " + e.getMessage(), 0);
      loop.execute(() -> listener.ended(report));
    }
  }
}
