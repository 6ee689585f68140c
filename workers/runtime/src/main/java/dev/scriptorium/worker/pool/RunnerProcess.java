package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.frame.FrameException;
import dev.scriptorium.worker.frame.FrameReader;
import dev.scriptorium.worker.frame.FrameWriter;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.ToRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process with its three pipes. What it says, and its end, are handed to a listener on the
 * given executor: every frame before the end. Thread-safe.
 */
final class RunnerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(RunnerProcess.class);
  private static final Duration PIPE_DRAIN = Duration.ofSeconds(1);
  private static final Duration CRASH_TIME = Duration.ofSeconds(2);

  /** Hears a process. */
  interface Listener {
    /** A frame came. */
    void said(FromRunner message);

    /** The process has ended. */
    void ended(CrashReport report);
  }

  private final Process process;
  private final FrameWriter writer;
  private final LogTail tail = new LogTail();
  private final Path directory;
  private final Executor executor;
  private final Listener listener;
  private final long killsAtStart = CgroupKills.count();
  private volatile @Nullable Kill ownKill;
  private volatile long watchedPid;
  private volatile long residentBytes;
  private volatile long peakBytes;

  private record Kill(Cause cause, boolean blameless) {}

  private RunnerProcess(Process process, Path directory, Executor executor, Listener listener) {
    this.process = process;
    this.directory = directory;
    this.executor = executor;
    this.listener = listener;
    writer = new FrameWriter(process.getOutputStream());
    watchedPid = process.pid();
  }

  /**
   * Takes charge of a process that was just started.
   *
   * @param directory its own folder
   * @param executor runs the listener, one call at a time
   */
  static RunnerProcess attend(
      Process process, Path directory, Executor executor, Listener listener) {
    RunnerProcess runner = new RunnerProcess(process, directory, executor, listener);
    String name = "runner-" + process.pid();
    Thread frames = Thread.ofPlatform().daemon().name(name + "-frames").start(runner::readFrames);
    Thread log = Thread.ofPlatform().daemon().name(name + "-log").start(runner::readLog);
    Thread.ofVirtual().name(name + "-end").start(() -> runner.awaitEnd(frames, log));
    return runner;
  }

  /** Its process number. */
  long pid() {
    return process.pid();
  }

  /** Says something. When the process is gone nothing happens: its end will be reported. */
  void tell(ToRunner message) {
    try {
      writer.write(message);
    } catch (IOException e) {
      LOG.debug("runner {} no longer listens: {}", pid(), e.toString());
    }
  }

  /** Closes its standard input, whereupon it ends. */
  void dismiss() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("runner {} no longer listens: {}", pid(), e.toString());
    }
  }

  /** Kills it for what its job does; the first cause given is the one reported. */
  void kill(Cause cause) {
    kill(new Kill(cause, false));
  }

  /** Kills it although its job has done nothing wrong. */
  void killBlameless(Cause cause) {
    kill(new Kill(cause, true));
  }

  private void kill(Kill kill) {
    if (ownKill == null) {
      ownKill = kill;
    }
    process.destroyForcibly();
  }

  /** Begins to count the most memory anew, where the system allows it. */
  void forgetPeak() {
    ProcessMemory.forgetPeak(watchedPid);
  }

  /** Memory now; empty when it cannot be told. */
  Optional<ProcessMemory> memory() {
    Optional<ProcessMemory> memory = ProcessMemory.of(watchedPid);
    memory.ifPresent(
        m -> {
          residentBytes = m.residentBytes();
          peakBytes = m.peakBytes();
        });
    return memory;
  }

  /** Resident memory when it was last looked at. */
  long residentBytes() {
    return residentBytes;
  }

  /** Last lines of its log. */
  String logTail() {
    return tail.text();
  }

  /** Processor time since it began. */
  Duration cpuTime() {
    return ProcessHandle.of(watchedPid)
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Looks for the JVM below a program that shut it in; to be called when it is ready. */
  void findJvm() {
    watchedPid =
        process
            .descendants()
            .map(ProcessHandle::pid)
            .max(
                Comparator.comparing(
                    pid -> ProcessMemory.of(pid).map(ProcessMemory::residentBytes).orElse(0L)))
            .orElse(process.pid());
  }

  private void readFrames() {
    FrameReader<FromRunner> frames =
        new FrameReader<>(process.getInputStream(), FromRunner.parser());
    try {
      for (var frame = frames.read(); frame.isPresent(); frame = frames.read()) {
        FromRunner message = frame.get();
        executor.execute(() -> listener.said(message));
      }
    } catch (FrameException e) {
      LOG.warn("runner {} writes what is no frame: {}", pid(), e.getMessage());
      killUnlessEnding();
    } catch (IOException e) {
      // A process that was killed leaves half a frame; its end will be reported.
      LOG.debug("runner {}: {}", pid(), e.toString());
    }
  }

  /** A JVM that crashes writes what is no frame, and then a log that is worth waiting for. */
  private void killUnlessEnding() {
    try {
      if (!process.waitFor(CRASH_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(Cause.EXIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readLog() {
    try {
      tail.drain(process.getErrorStream());
    } catch (IOException e) {
      LOG.debug("log of runner {}: {}", pid(), e.toString());
    }
  }

  private void awaitEnd(Thread frames, Thread log) {
    try {
      int exitCode = process.waitFor();
      // Bounded: something it started may still hold the pipes open.
      frames.join(PIPE_DRAIN);
      log.join(PIPE_DRAIN);
      CrashReport report = report(exitCode);
      executor.execute(() -> listener.ended(report));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CrashReport report(int exitCode) {
    Optional<String> fatal = fatalErrorHead();
    Optional<Kill> own = Optional.ofNullable(ownKill);
    Cause cause =
        Cause.of(
            exitCode, own.map(Kill::cause), fatal.isPresent(), CgroupKills.count() > killsAtStart);
    boolean blameless = cause == Cause.SIGNAL || own.filter(Kill::blameless).isPresent();
    String text = fatal.map(head -> head + tail.text()).orElseGet(tail::text);
    return new CrashReport(cause, blameless, exitCode, clip(text), peakBytes);
  }

  private Optional<String> fatalErrorHead() {
    Path file = RunnerCommand.errorFile(directory);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    StringBuilder head = new StringBuilder();
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      lines
          .limit(40)
          .filter(line -> line.startsWith("# "))
          .forEach(l -> head.append(l).append('\n'));
    } catch (IOException e) {
      head.append("(the fatal error log cannot be read: ").append(e).append(")\n");
    }
    return Optional.of(head.toString());
  }

  private static String clip(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LogTail.MAX_BYTES
        ? text
        : new String(bytes, 0, LogTail.MAX_BYTES - 2, StandardCharsets.UTF_8);
  }
}
