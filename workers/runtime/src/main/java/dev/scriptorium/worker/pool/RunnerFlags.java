package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * With which options of the JVM runners are started: one table for the pool and for whoever
 * measures, so that what is measured is what runs.
 */
public final class RunnerFlags {
  /** Flags that decide whether a cache fits, together with the class path and the JVM itself. */
  static final List<String> FIXED =
      List.of(
          "-Xss1m",
          "-XX:+UseSerialGC",
          // The heap begins small, not at a share of the machine's memory, and gives back what a
          // collection between jobs leaves free.
          "-Xms16m",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=30",
          // The compilers and zlib leave free pages behind that the C library keeps: 17 MB of 150.
          "-XX:TrimNativeHeapInterval=1000",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:MaxMetaspaceSize=128m",
          "-XX:+ExitOnOutOfMemoryError",
          // What the JVM itself has to say must not get between frames.
          "-XX:+DisplayVMOutputToStderr",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:-UsePerfData",
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // The zstd of newer JVMs binds its functions one by one at the start, for 200 ms.
          "-Djdk.util.jar.enableMultiRelease=false",
          // Else each JVM makes code for the methods that are called by reflection.
          "-Djdk.reflect.useNativeAccessorOnly=true",
          "-Djava.awt.headless=true",
          "-Dfile.encoding=UTF-8");

  private static final long LEAST_YOUNG = 8;

  /** Variables of the environment that decide how much memory stays resident. */
  private static final Map<String, String> ENVIRONMENT =
      // Each further arena may keep memory that no one uses.
      Map.of("MALLOC_ARENA_MAX", "2");

  private RunnerFlags() {}

  /** All flags of a runner with these caps but those that name its folders. */
  public static List<String> of(RunnerCaps caps) {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + caps.heap());
    flags.add("-XX:MaxNewSize=" + young(caps));
    flags.add("-XX:MaxDirectMemorySize=" + caps.direct());
    flags.addAll(FIXED);
    return flags;
  }

  /**
   * Room for new objects: by default a third of the heap, which is resident soon even when all of
   * it is garbage.
   */
  private static ByteSize young(RunnerCaps caps) {
    return ByteSize.ofMebibytes(Math.max(LEAST_YOUNG, caps.heap().mebibytes() / 8));
  }

  /** What belongs into a runner's environment. */
  public static Map<String, String> environment() {
    return ENVIRONMENT;
  }
}
