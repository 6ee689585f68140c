package dev.scriptorium.loadtest.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of ours, its children, and its log. Not thread-safe. */
public final class SystemProcess implements AutoCloseable {
  private static final Duration TERMINATION_BOUND = Duration.ofSeconds(45);
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  static {
    // A load test that is told to end takes along what it has started.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroy)));
  }

  private final String name;
  private final Process process;
  private final Path log;

  private SystemProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a process.
   *
   * @param log takes standard output and error, appended
   */
  static SystemProcess start(String name, List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    STARTED.add(process);
    var _ = process.onExit().thenAccept(STARTED::remove);
    return new SystemProcess(name, process, log);
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** True while it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** All processes below this one whose program is called so, for example {@code postgres}. */
  public List<ProcessHandle> children(String program) {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/" + program))
        .toList();
  }

  /** This process and all below it. */
  public List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** kill -9, of this process alone, and waits for its end. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** kill -TERM, and waits for the orderly end. */
  public int terminate() {
    process.destroy();
    return awaitExit();
  }

  /** Waits for the end and gives the exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(TERMINATION_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(name + " did not end:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  /** Everything it printed. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resident memory in bytes, of one process. */
  public static long residentBytes(long pid) throws IOException {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
    }
  }
}
