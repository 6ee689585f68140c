package dev.scriptorium.server.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process that is started again, with back-off, whenever it dies before {@link #close}.
 *
 * <p>One permanent platform thread starts and watches it: the kernel's death signal fires when the
 * <em>thread</em> that started a process ends, so a pool thread would take the process with it.
 */
final class ChildService implements AutoCloseable {
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);
  private static final int FIRST_STARTS = 3;

  private final Logger log;
  private final Launch launch;
  private final Hooks hooks;
  private final Thread watcher;
  private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final LastLines lastLines = new LastLines(20);
  private volatile boolean ready;
  private volatile @Nullable Process process;

  /**
   * What to run.
   *
   * @param name for messages
   * @param command the command line
   * @param directory working directory
   * @param input written to its standard input, which is then closed
   * @param readyText a line of its output that contains this says that it is ready
   */
  record Launch(
      String name, List<String> command, Path directory, String input, String readyText) {}

  /** What is special about one program. */
  interface Hooks {
    /** Called before every start. */
    void beforeStart() throws IOException;

    /** Called about once a minute while it runs. */
    void whileRunning() throws IOException;

    /** Asks the process to end, and returns when it has, or when nothing more can be done. */
    void stop(Process process) throws IOException, InterruptedException;
  }

  ChildService(Launch launch, Hooks hooks) {
    this.launch = launch;
    this.hooks = hooks;
    this.log = LoggerFactory.getLogger("dev.scriptorium.embedded." + launch.name());
    this.watcher = new Thread(this::watch, "embedded-" + launch.name());
    watcher.setDaemon(true);
  }

  /**
   * Starts the process and waits until it is ready.
   *
   * @throws EmbeddedStartException when it died three times, or was not ready in time
   */
  void start(Duration timeout) throws EmbeddedStartException, InterruptedException {
    watcher.start();
    try {
      firstReady.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      close();
      throw new EmbeddedStartException(failure("did not start"), e);
    } catch (TimeoutException e) {
      close();
      throw new EmbeddedStartException(failure("was not ready in " + timeout), e);
    }
  }

  /** True when it runs and has said that it is ready. */
  boolean ready() {
    Process current = process;
    return ready && current != null && current.isAlive();
  }

  /** Its process id; empty while it does not run. */
  OptionalLong pid() {
    Process current = process;
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.pid());
  }

  /** Stops it for good. */
  @Override
  public void close() {
    closing.countDown();
    Process current = process;
    try {
      if (current != null && current.isAlive()) {
        hooks.stop(current);
      }
      watcher.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.warn("{} could not be stopped: {}", launch.name(), e.getMessage());
    }
  }

  private void watch() {
    Duration delay = FIRST_DELAY;
    int failures = 0;
    while (closing.getCount() > 0) {
      boolean worked = runOnce();
      delay = worked ? FIRST_DELAY : shorter(delay.multipliedBy(2), LONGEST_DELAY);
      failures = worked ? 0 : failures + 1;
      if (!firstReady.isDone() && failures == FIRST_STARTS) {
        firstReady.completeExceptionally(new IOException(launch.name() + " died"));
        return;
      }
      if (awaitClosing(delay)) {
        return;
      }
      log.warn("{} ended, starting it again", launch.name());
    }
  }

  /** Runs it until it ends; true when it was ready in between. */
  private boolean runOnce() {
    ready = false;
    try {
      hooks.beforeStart();
      Process started = spawn();
      process = started;
      if (closing.getCount() == 0) {
        hooks.stop(started);
      }
      while (!started.waitFor(CHECK_INTERVAL)) {
        hooks.whileRunning();
      }
    } catch (IOException e) {
      lastLines.add(e.toString());
      log.warn("{} cannot be started: {}", launch.name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean worked = ready;
    ready = false;
    return worked;
  }

  private Process spawn() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launch.command());
    builder.directory(launch.directory().toFile());
    builder.redirectErrorStream(true);
    // The environment may hold secrets of the server.
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    Process started = builder.start();
    Thread reader = new Thread(() -> readOutput(started), launch.name() + "-output");
    reader.setDaemon(true);
    reader.start();
    try (OutputStream input = started.getOutputStream()) {
      input.write(launch.input().getBytes(UTF_8));
    }
    return started;
  }

  private void readOutput(Process started) {
    try (BufferedReader output = started.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lastLines.add(line);
        logLine(line);
        if (line.contains(launch.readyText())) {
          ready = true;
          firstReady.complete(null);
        }
      }
    } catch (IOException e) {
      log.debug("output of {} ended: {}", launch.name(), e.getMessage());
    }
  }

  // Both programs are talkative about what is normal.
  private void logLine(String line) {
    if (line.contains("FATAL: ") || line.contains("PANIC: ")) {
      log.warn("{}", line);
    } else if (line.contains(" duration: ")) {
      log.info("{}", line);
    } else {
      log.debug("{}", line);
    }
  }

  private boolean awaitClosing(Duration delay) {
    try {
      return closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String failure(String what) {
    return "embedded " + launch.name() + " " + what + ": " + lastLines;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
