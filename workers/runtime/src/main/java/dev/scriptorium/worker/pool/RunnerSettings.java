package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How runners are started and kept.
 *
 * @param java the {@code java} program
 * @param classPath class path of runtime and plugins, as {@code java -cp} takes it
 * @param directory where each runner gets a folder of its own; exists
 * @param heap largest heap
 * @param overhead memory that a runner may have resident beyond heap and direct buffers
 * @param recycleAfter jobs after which a runner is replaced, at least 1
 * @param ceiling resident memory above that of the warm runner at which it is replaced
 * @param readyTimeout longest time from start to ready
 * @param stopGrace time a runner has to stop a job before it is killed
 * @param extraFlags further JVM flags, before the class path
 */
public record RunnerSettings(
    Path java,
    String classPath,
    Path directory,
    ByteSize heap,
    ByteSize overhead,
    int recycleAfter,
    ByteSize ceiling,
    Duration readyTimeout,
    Duration stopGrace,
    List<String> extraFlags) {
  /** Resident memory beyond heap and direct buffers: code, classes, stacks, the collector. */
  public static final ByteSize DEFAULT_OVERHEAD = ByteSize.ofMebibytes(256);

  /** Checks the ranges and copies the list. */
  public RunnerSettings {
    extraFlags = List.copyOf(extraFlags);
    if (recycleAfter < 1) {
      throw new IllegalArgumentException("recycle after " + recycleAfter + " jobs: at least 1");
    }
  }

  /** Settings with the defaults of everything but places and heap. */
  public static RunnerSettings of(Path java, String classPath, Path directory, ByteSize heap) {
    return new RunnerSettings(
        java,
        classPath,
        directory,
        heap,
        DEFAULT_OVERHEAD,
        200,
        heap,
        Duration.ofSeconds(60),
        Duration.ofSeconds(2),
        List.of());
  }

  /** The same with another number of jobs after which a runner is replaced. */
  public RunnerSettings recycledAfter(int jobs) {
    return new RunnerSettings(
        java,
        classPath,
        directory,
        heap,
        overhead,
        jobs,
        ceiling,
        readyTimeout,
        stopGrace,
        extraFlags);
  }

  /** The same for jobs of one kind: of other plugins nothing is loaded. */
  public RunnerSettings onlyFor(String kind) {
    List<String> flags = new ArrayList<>(extraFlags);
    flags.add("-Dscriptorium.only-kind=" + kind);
    return new RunnerSettings(
        java,
        classPath,
        directory,
        heap,
        overhead,
        recycleAfter,
        ceiling,
        readyTimeout,
        stopGrace,
        flags);
  }

  /** The class path, piece by piece. */
  List<Path> classPathEntries() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(classPath)
        .map(Path::of)
        .toList();
  }

  /** What an ordinary runner may take. */
  public RunnerCaps caps() {
    return new RunnerCaps(heap, RunnerCaps.DIRECT, overhead);
  }
}
