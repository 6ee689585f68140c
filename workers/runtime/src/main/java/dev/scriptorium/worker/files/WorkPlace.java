package dev.scriptorium.worker.files;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the machine and this process offer. */
public final class WorkPlace {
  private WorkPlace() {}

  /** Where a worker keeps its files when nothing is said. */
  public static Path standard() {
    return System.getProperty("user.name").equals("root")
        ? Path.of("/var/lib/scriptorium-worker")
        : Path.of(System.getProperty("user.home"), ".local", "share", "scriptorium-worker");
  }

  /** The {@code java} program of this process. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The class path of this process: a runner has the same, so that one cache fits all. */
  public static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A part of the memory of the machine or container. */
  public static ByteSize memory(double part) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new ByteSize((long) (system.getTotalMemorySize() * part));
  }
}
